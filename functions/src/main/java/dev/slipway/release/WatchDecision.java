package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What comes next for a release that serves everyone and is watched. */
final class WatchDecision {

  private WatchDecision() {}

  static Step watching(Situation s, Stage.Watching stage) {
    return switch (s.observation()) {
      case Observation.OfRegions all -> watching(s, stage, all.regions());
      case Observation.OfTraffic one ->
          watching(
              s,
              stage,
              List.of(new Observation.InRegion(stage.rollout(), stage.since(), one)));
      default -> new Step.Wait("the service has not been looked at", true);
    };
  }

  /** What is wrong in any region is wrong in all; the last one's verdict ends the watch. */
  private static Step watching(
      Situation s, Stage.Watching stage, List<Observation.InRegion> regions) {
    Optional<Alarm> alarm =
        regions.stream().flatMap(region -> Alarm.in(s, region).stream()).findFirst();
    if (alarm.isPresent() && s.service().previous().isPresent()) {
      return new Step.Note(alarm.get().rollback(s.service()));
    }
    return s.now().isBefore(stage.until())
        ? new Step.Wait("watched until " + stage.until(), false)
        : new Step.Note(new ReleaseEvent.WatchEnded(verdict(s, stage, regions.getLast())));
  }

  private static Optional<Verdict> verdict(
      Situation s, Stage.Watching stage, Observation.InRegion region) {
    Duration watch = Duration.between(stage.since(), stage.until());
    return GateDecision.of(
            s.policy().gate(), stage.since(), watch, s.now(), region.seen().evidence())
        .verdict();
  }
}
