package dev.slipway.release;

import java.time.Duration;
import java.util.Optional;

/**
 * What is so wrong with a revision that serves everyone in a region that it is taken back.
 *
 * <p>A revision that serves everyone is not taken back for want of requests, nor because it cannot
 * be measured: only for being broken, or found unhealthy.
 *
 * @param why in words, with the region where there are several
 * @param verdict what it rests on; empty where the platform itself says so
 */
record Alarm(String why, Optional<Verdict> verdict) {

  /** What there is to take it back for in one of the regions where all the traffic is its own. */
  static Optional<Alarm> in(Situation s, Observation.InRegion region) {
    Observation.OfTraffic seen = region.seen();
    Optional<String> broken = seen.service().flatMap(Alarm::broken);
    if (broken.isPresent()) {
      return Optional.of(new Alarm(region.rollout().named(broken.get()), Optional.empty()));
    }
    GateDecision.Ruling ruling =
        GateDecision.of(
            s.policy().gate(), region.since(), Duration.ZERO, s.now(), seen.evidence());
    return ruling
        .verdict()
        .filter(verdict -> verdict.outcome() == Verdict.Outcome.UNHEALTHY)
        .map(
            verdict ->
                new Alarm(region.rollout().named("at 100%: " + ruling.why()), Optional.of(verdict)));
  }

  private static Optional<String> broken(ServiceState service) {
    return service
        .candidate()
        .map(ServiceState.Revision::readiness)
        .filter(ServiceState.Readiness.Broken.class::isInstance)
        .map(readiness -> ((ServiceState.Readiness.Broken) readiness).why());
  }

  ReleaseEvent.RollbackStarted rollback(ServiceRecord service) {
    return new ReleaseEvent.RollbackStarted(
        why, service.nextEpoch(), Optional.empty(), verdict);
  }
}
