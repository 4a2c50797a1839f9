package dev.slipway.release;

import java.util.Optional;

/** What comes next for a release that is being taken out of traffic. */
final class RollbackDecision {

  private RollbackDecision() {}

  static Step rollingBack(Situation s, Stage.RollingBack stage) {
    if (!(s.observation() instanceof Observation.OfService(Optional<ServiceState> service))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    Optional<String> target = target(s, stage.rollout());
    if (service.isEmpty() || target.isEmpty()) {
      return new Step.Note(
          new ReleaseEvent.Failed(stage.reason() + " (nothing to go back to)"));
    }
    return RolloutDecision.towards(
        service.get(),
        Traffic.all(target.get(), stage.rollout().epoch()),
        new ReleaseEvent.RolledBack(target.get()));
  }

  /** From live, the release before; from a rollout, what served when it began. */
  private static Optional<String> target(Situation s, Rollout rollout) {
    return s.service().live().equals(Optional.of(s.id()))
        ? s.service().previous().map(ReleaseId::revision)
        : rollout.baseline();
  }
}
