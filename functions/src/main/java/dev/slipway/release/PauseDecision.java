package dev.slipway.release;

import java.time.Duration;
import java.util.Optional;

/** What comes next for a rollout somebody, or a gate, has halted. */
final class PauseDecision {

  private PauseDecision() {}

  static Step paused(Situation s, Stage.Paused stage) {
    Duration deadline = s.policy().pace().pauseDeadline();
    Duration paused = Duration.between(s.release().inStageSince(), s.now());
    if (deadline.isZero() || paused.compareTo(deadline) <= 0) {
      return new Step.Wait("paused: " + stage.reason(), false);
    }
    if (!(s.observation() instanceof Observation.OfService(Optional<ServiceState> service))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    String why =
        "paused for %s, and nobody let it go on: %s"
            .formatted(span(deadline), stage.reason());
    boolean asLeft =
        service
            .map(RolloutDecision.split(stage.rollout(), stage.percent())::isAskedOf)
            .orElse(false);
    return asLeft
        ? RolloutDecision.giveUp(s, stage.rollout(), why)
        : new Step.Note(
            new ReleaseEvent.Cancelled(
                why + "; the traffic, which is not as Slipway left it, stays as it is"));
  }

  private static String span(Duration deadline) {
    return deadline.toDays() > 0 ? deadline.toDays() + " days" : deadline.toMinutes() + " minutes";
  }
}
