package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/** What comes next for a rollout between two regions. */
final class RegionDecision {

  private RegionDecision() {}

  /** What it means that all of a region's traffic is the candidate's. */
  static ReleaseEvent reached(Rollout rollout, ReleaseEvent.Promoted last) {
    return rollout.regions().ahead().isEmpty()
        ? last
        : new ReleaseEvent.RegionServed(rollout.region().orElseThrow(), last.verdict());
  }

  /** The next region is entered once it is known what serves there. */
  static Step entering(Situation s, Rollout rollout, Optional<ServiceState> service) {
    String region = rollout.region().orElseThrow();
    long seen = service.map(ServiceState::epoch).orElse(0L);
    long epoch = seen > rollout.epoch() ? Math.max(s.service().nextEpoch(), seen + 1) : rollout.epoch();
    if (service.map(RegionDecision::hasNoTraffic).orElse(true)) {
      return new Step.Note(new ReleaseEvent.RegionEntered(region, Optional.empty(), epoch));
    }
    Optional<String> stable =
        wasThere(s, region)
            ? SlotDecision.stable(s, service.get())
            : service.get().baseline();
    return stable.isPresent()
        ? new Step.Note(new ReleaseEvent.RegionEntered(region, stable, epoch))
        : new Step.Wait(region + ": " + SlotDecision.unlikeLeft(service.get()), false);
  }

  /** What serves in a region that the live release never came to is what was there before. */
  private static boolean wasThere(Situation s, String region) {
    return s.otherLive()
        .map(Release::stage)
        .flatMap(
            stage ->
                switch (stage) {
                  case Stage.Live live -> Optional.of(live.rollout());
                  case Stage.Watching watching -> Optional.of(watching.rollout());
                  default -> Optional.<Rollout>empty();
                })
        .filter(rollout -> rollout.regions().names().contains(region))
        .isPresent();
  }

  private static boolean hasNoTraffic(ServiceState service) {
    return service.serving().stream().allMatch(target -> target.percent() == 0)
        && service.traffic().stream().allMatch(target -> target.percent() == 0);
  }

  /** What is wrong in a region behind it takes a rollout back everywhere, wherever it is. */
  static Optional<Step> behind(Situation s, List<Observation.InRegion> behind) {
    return rollout(s.release().stage())
        .filter(Rollout::canGoBack)
        .flatMap(
            rollout -> behind.stream().flatMap(region -> Alarm.in(s, region).stream()).findFirst())
        .map(alarm -> new Step.Note(alarm.rollback(s.service())));
  }

  private static Optional<Rollout> rollout(Stage stage) {
    return switch (stage) {
      case Stage.Candidate candidate -> Optional.of(candidate.rollout());
      case Stage.Canary canary -> Optional.of(canary.rollout());
      case Stage.Paused paused -> Optional.of(paused.rollout());
      default -> Optional.empty();
    };
  }

  /** A region is as it was, or stays as it is: the one before it follows, or the rollback is over. */
  static Optional<Step> before(Rollout rollout, Optional<String> restored, String why) {
    return rollout.regions().done().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step.Note(
                new ReleaseEvent.RegionRestored(
                    rollout.region().orElseThrow(), restored, why)));
  }
}
