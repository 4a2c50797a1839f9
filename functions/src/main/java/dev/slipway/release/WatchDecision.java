package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What comes next for a release that serves everyone and is watched. */
final class WatchDecision {

  private WatchDecision() {}

  static Step watching(Situation s, Stage.Watching stage) {
    if (s.observation() instanceof Observation.OfRegions(List<Observation.OfTraffic> each)) {
      return watching(s, stage, each);
    }
    if (!(s.observation()
        instanceof Observation.OfTraffic(Optional<ServiceState> service, Evidence evidence))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    Optional<String> broken = service.flatMap(WatchDecision::broken);
    if (broken.isPresent() && s.service().previous().isPresent()) {
      return new Step.Note(
          new ReleaseEvent.RollbackStarted(broken.get(), s.service().nextEpoch()));
    }
    Duration watch = Duration.between(stage.since(), stage.until());
    GateDecision.Ruling ruling =
        GateDecision.of(s.policy().gate(), stage.since(), watch, s.now(), evidence);
    if (ruling.action() == GateDecision.Action.GIVE_UP
        && s.service().previous().isPresent()
        && isUnhealthy(ruling)) {
      return new Step.Note(
          new ReleaseEvent.RollbackStarted(
              "at 100%: " + ruling.why(),
              s.service().nextEpoch(),
              Optional.empty(),
              ruling.verdict()));
    }
    return s.now().isBefore(stage.until())
        ? new Step.Wait("watched until " + stage.until(), false)
        : new Step.Note(new ReleaseEvent.WatchEnded(ruling.verdict()));
  }

  /** What is wrong in any region is wrong. */
  private static Step watching(
      Situation s, Stage.Watching stage, List<Observation.OfTraffic> regions) {
    Step last = new Step.Wait("no region has been looked at", true);
    for (Observation.OfTraffic region : regions) {
      last = watching(s.seeing(region), stage);
      if (last instanceof Step.Note(ReleaseEvent.RollbackStarted back)) {
        return new Step.Note(back);
      }
    }
    return last;
  }

  /** A release that serves everyone is not taken back for want of requests. */
  private static boolean isUnhealthy(GateDecision.Ruling ruling) {
    return ruling
        .verdict()
        .filter(v -> v.outcome() == Verdict.Outcome.UNHEALTHY)
        .isPresent();
  }

  private static Optional<String> broken(ServiceState service) {
    return service
        .candidate()
        .map(ServiceState.Revision::readiness)
        .filter(ServiceState.Readiness.Broken.class::isInstance)
        .map(readiness -> ((ServiceState.Readiness.Broken) readiness).why());
  }
}
