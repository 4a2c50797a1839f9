package dev.slipway.release;

import java.util.List;

/**
 * How a team wants its releases brought out: a section for each concern, each with its default.
 *
 * @param pace how a candidate comes to serve everyone
 * @param builds how long and how often a build is tried
 * @param smoke what a candidate must answer; a crate may name another path
 * @param approval whose consent a rollout needs
 * @param freeze when no rollout begins
 * @param budget how large an image may be
 * @param advisories what is done about a package with a known fault
 * @param gate how a revision that serves is judged
 * @param bounds what a crate may settle for itself
 * @param job how long a crate's job may take
 * @param cleanup what of a service is thrown away
 * @param promotion what is taken from the environment before this one
 * @param people who may do what
 * @param uploads how much of everything an uploaded archive may have
 */
public record Policy(
    @Setting(value = "How a candidate comes to serve everyone.", inline = true) Pace pace,
    @Setting(value = "How long and how often a build is tried.", inline = true) BuildTerms builds,
    @Setting("What a candidate must answer, at 0 %, before it gets any traffic.") SmokeTest smoke,
    @Setting("Whose approval a rollout needs before it begins.") Approval approval,
    @Setting(
            "When no rollout begins: a list of windows. Rollouts under way go on. A release waits,"
                + " `held`, until the window ends or `OVERRIDE` breaks the glass.")
        List<FreezeWindow> freeze,
    @Setting("How large an image may be, compressed.") Budget budget,
    @Setting(
            "what a package with a known fault means: `warn`, `block` (rejects a vulnerability the"
                + " live release has not), `ignore`")
        Reaction advisories,
    @Setting("How a candidate is judged by what it answers and logs while it serves.")
        GatePolicy gate,
    @Setting("What a crate may settle for itself in `[package.metadata.slipway]`.") Bounds bounds,
    @Setting("What a crate has run once for a release, before any traffic.") JobTerms job,
    @Setting("Which old revisions and images of a service are deleted, after releases of it.")
        Cleanup cleanup,
    @Setting("What is taken from the environment before this one.") PromotionTerms promotion,
    @Setting(
            "Who of those the platform lets in may do what, on the page and through its API."
                + " `viewers` given replaces the default.")
        People people,
    @Setting(
            "How much of everything an uploaded archive may have; one with more is rejected before"
                + " anything is built. No bound can be passed: the function that takes uploads in has"
                + " memory for no more.")
        Limits uploads) {

  /** Every section as it is by default. */
  public static final Policy DEFAULT =
      new Policy(
          Pace.DEFAULT,
          BuildTerms.DEFAULT,
          SmokeTest.DEFAULT,
          Approval.DEFAULT,
          List.of(),
          Budget.DEFAULT,
          Reaction.WARN,
          GatePolicy.DEFAULT,
          Bounds.DEFAULT,
          JobTerms.DEFAULT,
          Cleanup.DEFAULT,
          PromotionTerms.DEFAULT,
          People.DEFAULT,
          Limits.DEFAULT);

  public Policy {
    freeze = List.copyOf(freeze);
    freeze.stream()
        .filter(window -> !window.isBounded())
        .findFirst()
        .ifPresent(
            window -> {
              throw new IllegalArgumentException(
                  "the freeze window '%s' would never end: give it days, from, to, firstDay or lastDay"
                      .formatted(window.name()));
            });
  }

  /** The same with another gate. */
  public Policy gatedBy(GatePolicy other) {
    return new Policy(
        pace, builds, smoke, approval, freeze, budget, advisories, other, bounds, job,
        cleanup, promotion, people, uploads);
  }

  /** What happens when two releases of a service want its slot. */
  public enum Contest {
    /** The newest upload takes over; the older release ends. */
    SUPERSEDE,
    /** One after another, the oldest first. */
    QUEUE
  }

  /** The smoke test of a crate. */
  public SmokeTest smokeOf(Crate crate) {
    return crate.settings().health().map(smoke::at).orElse(smoke);
  }
}
