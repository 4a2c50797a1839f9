package dev.slipway.release;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What comes next for a release that has its image and wants the service's slot. */
final class SlotDecision {

  private SlotDecision() {}

  static Step wanting(Situation s) {
    if (s.policy().pace().contest() == Policy.Contest.SUPERSEDE && s.newer().isPresent()) {
      return new Step.Note(new ReleaseEvent.Superseded(s.newer().get()));
    }
    Optional<ReleaseId> same = liveWithSameImage(s);
    if (same.isPresent()) {
      return new Step.Note(new ReleaseEvent.FoundUnchanged(same.get()));
    }
    Gate.Judgement judgement = Gate.of(s);
    if (!judgement.blocking().isEmpty()) {
      return rejected(s, judgement.blocking());
    }
    return PermitDecision.missing(s).orElseGet(() -> turn(s, judgement.warnings()));
  }

  private static Step turn(Situation s, List<Finding> warnings) {
    return queue(s).orElseGet(() -> start(s, warnings));
  }

  /** The wait for others' turn, if it is not this release's. */
  static Optional<Step> queue(Situation s) {
    Optional<ReleaseId> holder = s.otherHolder().filter(other -> mustWaitFor(s, other));
    return holder.or(() -> watched(s)).map(other -> waitBehind(s, other));
  }

  /** Where each has its turn, the watch of the one before is part of it. */
  private static Optional<ReleaseId> watched(Situation s) {
    return s.policy().pace().contest() == Policy.Contest.QUEUE
        ? s.otherLive().filter(live -> live.stage() instanceof Stage.Watching).map(Release::id)
        : Optional.empty();
  }

  /**
   * A rollback is always let finish: what it restores is what this release starts from. So is a
   * rollout that has a region behind it: what serves there is not what serves elsewhere.
   */
  private static boolean mustWaitFor(Situation s, ReleaseId holder) {
    Release other = s.others().get(holder);
    return s.policy().pace().contest() == Policy.Contest.QUEUE
        || other == null
        || other.stage() instanceof Stage.RollingBack
        || hasRegionsBehind(other.stage());
  }

  private static boolean hasRegionsBehind(Stage stage) {
    return switch (stage) {
      case Stage.Candidate c -> !c.rollout().regions().done().isEmpty();
      case Stage.Canary c -> !c.rollout().regions().done().isEmpty();
      case Stage.Paused p -> !p.rollout().regions().done().isEmpty();
      default -> false;
    };
  }

  private static Step waitBehind(Situation s, ReleaseId holder) {
    return s.release().stage().equals(new Stage.Queued(holder))
        ? WaitDeadline.over(s).orElseGet(() -> new Step.Wait("behind " + holder, false))
        : new Step.Note(new ReleaseEvent.Enqueued(holder));
  }

  private static Step start(Situation s, List<Finding> warnings) {
    if (!(s.observation() instanceof Observation.OfService(Optional<ServiceState> service))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    // Above the service's own too: a ledger restored from a copy is behind it.
    long seen = service.map(ServiceState::epoch).orElse(0L);
    long epoch = Math.max(s.service().nextEpoch(), seen + 1);
    if (service.map(found -> isFirst(s.service(), found)).orElse(true)) {
      return started(rollout(s, Optional.empty(), epoch), warnings);
    }
    return stable(s, service.get())
        .map(stable -> started(rollout(s, Optional.of(stable), epoch), warnings))
        .orElseGet(() -> hold(s, service.get()));
  }

  private static Rollout rollout(Situation s, Optional<String> stable, long epoch) {
    return new Rollout(
        s.id().revision(), stable, epoch, Regions.of(s.policy().pace().regions()));
  }

  /**
   * Whether there is nothing to keep while a candidate is tried. Where the ledger has a live release
   * but nothing is in force, someone gave the traffic to what cannot serve: that is no first one.
   */
  static boolean isFirst(ServiceRecord record, ServiceState service) {
    return record.live().isEmpty()
        && service.serving().stream().allMatch(t -> t.percent() == 0);
  }

  /** Who has traffic: as it is in force, or as it is asked for while nothing is. */
  private static List<ServiceState.Target> inTraffic(ServiceState service) {
    List<ServiceState.Target> serving = withShare(service.serving());
    return serving.isEmpty() ? withShare(service.traffic()) : serving;
  }

  private static List<ServiceState.Target> withShare(List<ServiceState.Target> targets) {
    return targets.stream().filter(target -> target.percent() > 0).toList();
  }

  private static Step started(Rollout rollout, List<Finding> warnings) {
    return new Step.Note(new ReleaseEvent.RolloutStarted(rollout, warnings));
  }

  static Step rejected(Situation s, List<Finding> findings) {
    long bytes = s.release().source().map(Source::bytes).orElse(0L);
    return new Step.Note(new ReleaseEvent.Rejected(s.release().upload(), bytes, findings));
  }

  /**
   * The revision to keep while the candidate is tried: the live release's when all traffic is its
   * own or its challenger's; with nothing live in the ledger, the one that serves alone.
   */
  static Optional<String> stable(Situation s, ServiceState service) {
    Optional<String> live = s.service().live().map(ReleaseId::revision);
    if (live.isEmpty()) {
      return service.baseline();
    }
    Set<String> ours = new TreeSet<>();
    ours.add(live.get());
    s.otherHolder().map(ReleaseId::revision).ifPresent(ours::add);
    Set<String> serving =
        inTraffic(service).stream()
            .map(ServiceState.Target::revision)
            .collect(Collectors.toSet());
    return serving.contains(live.get()) && ours.containsAll(serving) ? live : Optional.empty();
  }

  private static Step hold(Situation s, ServiceState service) {
    return held(s, new Stage.Held(unlikeLeft(service)));
  }

  static String unlikeLeft(ServiceState service) {
    List<String> split =
        inTraffic(service).stream()
            .map(t -> t.percent() + "% " + t.revision())
            .toList();
    return "the traffic of %s is not as Slipway left it: %s. Give one revision 100%% to go on."
        .formatted(service.name(), String.join(", ", split));
  }

  /** Waits held, for this reason; said only where it is not said yet. */
  static Step held(Situation s, Stage.Held held) {
    return s.release().stage().equals(held)
        ? WaitDeadline.over(s).orElseGet(() -> new Step.Wait(held.reason(), false))
        : new Step.Note(new ReleaseEvent.Held(held.reason(), held.cause()));
  }

  private static Optional<ReleaseId> liveWithSameImage(Situation s) {
    Optional<String> digest = s.release().image().map(Image::digest);
    return s.otherLive()
        .filter(live -> live.image().map(Image::digest).equals(digest))
        .map(Release::id);
  }
}
