package dev.slipway.release;

import java.util.Optional;

/** What comes next for a release that serves everyone and is watched. */
final class WatchDecision {

  private WatchDecision() {}

  static Step watching(Situation s, Stage.Watching stage) {
    if (!(s.observation() instanceof Observation.OfService(Optional<ServiceState> service))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    Optional<String> broken = service.flatMap(WatchDecision::broken);
    if (broken.isPresent() && s.service().previous().isPresent()) {
      return new Step.Note(
          new ReleaseEvent.RollbackStarted(broken.get(), s.service().nextEpoch()));
    }
    return s.now().isBefore(stage.until())
        ? new Step.Wait("watched until " + stage.until(), false)
        : new Step.Note(new ReleaseEvent.WatchEnded());
  }

  private static Optional<String> broken(ServiceState service) {
    return service
        .candidate()
        .map(ServiceState.Revision::readiness)
        .filter(ServiceState.Readiness.Broken.class::isInstance)
        .map(readiness -> ((ServiceState.Readiness.Broken) readiness).why());
  }
}
