package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a release stands. A release moves from stage to stage by {@link Release#on} alone, and
 * never back.
 */
public sealed interface Stage {

  /** Still on its way: someone has to move it. */
  sealed interface Active extends Stage {}

  /** At its end, or serving. */
  sealed interface Settled extends Stage {}

  /** The archive is pinned and described; its build is to be submitted. */
  record Received() implements Active {}

  /**
   * Each release's build has its turn, and another one's is before.
   *
   * @param behind whose build it waits for
   */
  record BuildQueued(ReleaseId behind) implements Active {}

  /** A build is submitted. */
  record Building(String buildId, int attempt) implements Active {}

  /** The build infrastructure failed; another attempt is to be submitted. */
  record BuildLost(String buildId, int attempt, String reason) implements Active {}

  /** The image is pushed and measured; the release waits for its turn. */
  record Built() implements Active {}

  /** Another release holds the service's slot. */
  record Queued(ReleaseId behind) implements Active {}

  /** The rollout may not begin yet; the reason says until when, or what a person must do. */
  record Held(String reason, Cause cause) implements Active {

    /** What is in its way. */
    public enum Cause {
      /** Slipway does not understand the service's traffic. */
      TRAFFIC,
      /** A freeze window of the policy's. */
      FREEZE,
      /** A person holds the service. */
      HOLD
    }

    @SuppressWarnings("NullAway") // a stage written before there were causes has none
    public Held {
      cause = cause == null ? Cause.TRAFFIC : cause;
    }

    /** Because of the service's traffic. */
    public Held(String reason) {
      this(reason, Cause.TRAFFIC);
    }
  }

  /**
   * The policy wants people's consent; the {@linkplain Release#journey() journey} has who gave it.
   *
   * @param approvers whose consent counts
   * @param quorum how many of them must give it
   * @param until when it is cancelled without
   */
  record AwaitingApproval(List<String> approvers, int quorum, Instant until) implements Active {
    public AwaitingApproval {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * The slot is this release's; its revision is deployed without traffic and smoked.
   *
   * @param smoked whether it passed its smoke test
   * @param haste how it goes on from there
   */
  record Candidate(Rollout rollout, Instant since, boolean smoked, Haste haste)
      implements Active {

    @SuppressWarnings("NullAway") // a stage written before there was haste has none
    public Candidate {
      haste = haste == null ? Haste.NONE : haste;
    }

    /** One nobody hastens. */
    public Candidate(Rollout rollout, Instant since, boolean smoked) {
      this(rollout, since, smoked, Haste.NONE);
    }
  }

  /**
   * The candidate serves a share of the traffic.
   *
   * @param haste how it goes on from there
   */
  record Canary(Rollout rollout, int step, int percent, Instant since, Haste haste)
      implements Active {

    @SuppressWarnings("NullAway") // a stage written before there was haste has none
    public Canary {
      haste = haste == null ? Haste.NONE : haste;
    }

    /** One nobody hastens. */
    public Canary(Rollout rollout, int step, int percent, Instant since) {
      this(rollout, step, percent, since, Haste.NONE);
    }
  }

  /** Someone halted the rollout; traffic stays as it is. */
  record Paused(Rollout rollout, int step, int percent, String reason) implements Active {}

  /** The candidate is being taken out of traffic. */
  record RollingBack(Rollout rollout, String reason) implements Active {}

  /**
   * Serves all the traffic, and can still go back by itself.
   *
   * @param until when it counts as live
   */
  record Watching(Rollout rollout, Instant since, Instant until) implements Active {}

  /** Serves all the traffic. */
  record Live(Rollout rollout, Instant since) implements Settled {}

  /** Hostile or unusable archive, or an image the policy refuses: every reason at once. */
  record Rejected(List<Finding> findings) implements Settled {
    public Rejected {
      findings = List.copyOf(findings);
    }
  }

  /** The crate does not build; the compiler's own words. */
  record BuildFailed(String reason, String excerpt) implements Settled {}

  /** Its content or image is what serves already: nothing to roll out. */
  record Unchanged(ReleaseId as) implements Settled {}

  /** Taken out of traffic; what served before serves again. */
  record RolledBack(String reason, String restored) implements Settled {}

  /** Ended without there being anything to go back to. */
  record Failed(String reason) implements Settled {}

  /** Ended by a person. */
  record Cancelled(String reason) implements Settled {}

  /** A newer upload took its place before it was live. */
  record Superseded(ReleaseId by) implements Settled {}

  /** Was live until another release was. */
  record Replaced(ReleaseId by) implements Settled {}

  /** Why it stands there, in words, where that needs saying; several lines for several reasons. */
  default Optional<String> why() {
    return switch (this) {
      case Rejected s ->
          Optional.of(s.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")));
      case BuildFailed s -> Optional.of((s.reason() + "\n" + s.excerpt()).strip());
      case BuildLost s -> Optional.of(s.reason());
      case Held s -> Optional.of(s.reason());
      case Paused s -> Optional.of(s.reason());
      case RollingBack s -> Optional.of(s.reason());
      case RolledBack s -> Optional.of(s.reason());
      case Failed s -> Optional.of(s.reason());
      case Cancelled s -> Optional.of(s.reason());
      case Queued s -> Optional.of("behind " + s.behind());
      case BuildQueued s -> Optional.of("its build waits for that of " + s.behind());
      case AwaitingApproval s ->
          Optional.of(
              "%d of %s must approve until %s"
                  .formatted(s.quorum(), String.join(", ", s.approvers()), s.until()));
      case Watching s -> Optional.of("watched until " + s.until());
      case Unchanged s -> Optional.of(s.as() + " is live already");
      case Superseded s -> Optional.of("by " + s.by());
      case Replaced s -> Optional.of("by " + s.by());
      case Received s -> Optional.empty();
      case Building s -> Optional.empty();
      case Built s -> Optional.empty();
      case Candidate s -> Optional.empty();
      case Canary s -> Optional.empty();
      case Live s -> Optional.empty();
    };
  }

  /** The stage's name in the ledger, in Slack and on the command line: {@code rolling-back}. */
  default String label() {
    return label(getClass());
  }

  /** The label of every stage of a kind. */
  static String label(Class<?> kind) {
    return kind
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
