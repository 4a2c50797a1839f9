package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a release waits that has no rollout: for its build to be submitted, for its turn, for
 * people. What is past that ends with its reason.
 *
 * <p>A rollout has deadlines of its own, and is never ended while its traffic cannot be looked at.
 */
final class WaitDeadline {

  /** So long after the deadline, whoever submits builds has had time to try, and to say why not. */
  private static final Duration GRACE = Duration.ofDays(1);

  private WaitDeadline() {}

  /** The end of a release that waited too long for its turn or for people. */
  static Optional<Step> over(Situation s) {
    return isFrozen(s.release().stage())
        ? Optional.empty()
        : late(s.release(), s.policy(), s.now()).map(Step.Note::new);
  }

  /** The end of a freeze is known, and comes by itself. */
  private static boolean isFrozen(Stage stage) {
    return stage instanceof Stage.Held held && held.cause() == Stage.Held.Cause.FREEZE;
  }

  private static Optional<ReleaseEvent> late(Release release, Policy policy, Instant now) {
    Duration most = policy.pace().heldDeadline();
    return most.isZero() || !isPast(release.since(), most, now)
        ? Optional.empty()
        : Optional.of(
            new ReleaseEvent.Cancelled(
                "nothing happened to it for %s while it was %s: %s"
                    .formatted(
                        shown(most), release.stage().label(), release.stage().why().orElse(""))));
  }

  /** The end of a release whose build is another's to submit, who neither did nor said why. */
  static Optional<ReleaseEvent> neglected(Release release, Policy policy, Instant now) {
    Duration most = policy.builds().buildDeadline();
    boolean waits =
        release.stage() instanceof Stage.Received || release.stage() instanceof Stage.BuildLost;
    return waits && isPast(release.inStageSince(), most.plus(GRACE), now)
        ? Optional.of(
            unsubmitted(most, "the function that should does not do it: see its log"))
        : Optional.empty();
  }

  /**
   * The end of a release that could not be looked at or moved on, at the end of its patience.
   *
   * @param why what went wrong just now
   */
  static Optional<ReleaseEvent> givenUp(Release release, Policy policy, Instant now, String why) {
    Duration build = policy.builds().buildDeadline();
    boolean pastBuild = isPast(release.inStageSince(), build, now);
    return switch (release.stage()) {
      case Stage.Received s when pastBuild -> Optional.of(unsubmitted(build, why));
      case Stage.BuildLost s when pastBuild -> Optional.of(unsubmitted(build, why));
      case Stage.BuildQueued s when late(release, policy, now).isPresent() ->
          Optional.of(unsubmitted(policy.pace().heldDeadline(), why));
      case Stage.Building s when pastBuild ->
          Optional.of(
              new ReleaseEvent.BuildFailed(
                  "no result within %s, and what it does cannot be told: %s"
                      .formatted(shown(build), why),
                  ""));
      default -> Optional.empty();
    };
  }

  private static ReleaseEvent unsubmitted(Duration most, String why) {
    return new ReleaseEvent.Failed(
        "no build could be submitted within %s: %s".formatted(shown(most), why));
  }

  private static boolean isPast(Instant since, Duration most, Instant now) {
    return Duration.between(since, now).compareTo(most) > 0;
  }

  private static String shown(Duration span) {
    if (span.compareTo(Duration.ofDays(2)) >= 0) {
      return span.toDays() + " days";
    }
    return span.compareTo(Duration.ofMinutes(2)) >= 0
        ? span.toMinutes() + " minutes"
        : span.toSeconds() + " seconds";
  }
}
