package dev.slipway.cli.simulate;

import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Stage;
import dev.slipway.release.Traffic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** I4, the fence of I5, and I6: who serves, and what can be had back. */
final class TrafficInvariants {

  private final World world;
  private final Set<String> ready = new HashSet<>();
  private final Map<String, Long> epochs = new HashMap<>();
  private final Set<String> leftAlone = new HashSet<>();

  TrafficInvariants(World world) {
    this.world = world;
  }

  /** A revision was found ready. */
  void ready(String revision) {
    ready.add(revision);
  }

  /** I4 and the fence, as the traffic changes. */
  void changing(String region, Traffic traffic) {
    long epoch = epochs.getOrDefault(region, 0L);
    Violated.unless(
        traffic.epoch() >= epoch,
        "I5: a rollout of epoch %d changes the traffic of epoch %d"
            .formatted(traffic.epoch(), epoch));
    epochs.put(region, traffic.epoch());
    for (Traffic.Share share : traffic.shares()) {
      Violated.unless(
          traffic.shares().size() == 1 || ready.contains(share.revision()),
          "I4: %s gets traffic and was never ready".formatted(share.revision()));
    }
  }

  /** I6: what the ledger calls live is not thrown away. */
  void deleting(String revision) {
    Violated.unless(
        !world.service().live().map(ReleaseId::revision).equals(Optional.of(revision)),
        "I6: the revision of what is live is deleted: " + revision);
  }

  /** An entry was written to the ledger. */
  void check(Change.Entry entry) {
    if (entry.event() instanceof ReleaseEvent.RegionRestored e) {
      // What served there before cannot any more: it stays as it is, and people are told.
      e.restored()
          .ifPresentOrElse(r -> leftAlone.remove(e.region()), () -> leftAlone.add(e.region()));
    }
  }

  /**
   * Once nothing moves any more.
   *
   * @param pinned whether a person changed the traffic last
   */
  void converged(boolean pinned) {
    ServiceRecord service = world.service();
    if (service.live().isEmpty()) {
      return;
    }
    ReleaseId live = service.live().get();
    Stream.of(service.live(), service.previous()).flatMap(Optional::stream).forEach(this::hasImage);
    if (!(world.ledger.view(live).release().orElseThrow().stage() instanceof Stage.Live stage)) {
      throw new Violated("I6: what the service calls live is not: " + live);
    }
    if (!pinned) {
      servedIn(World.REGION, live);
    }
    world.furtherRegions().stream()
        .filter(region -> !leftAlone.contains(region))
        .forEach(this::servesNothingGivenUp);
    stage.rollout().regions().names().stream()
        .filter(region -> !region.equals(World.REGION) && !leftAlone.contains(region))
        .forEach(region -> servedIn(region, live));
    Violated.unless(
        world.services.readiness.apply(live.revision()) instanceof Readiness.Ready
            || service.previous().isEmpty()
            || ready.contains(live.revision()),
        "I4: what is live was never ready: " + live);
  }

  /** I6: a live release was rolled back, and what was live before it is again, if it can run. */
  void wentBack(ReleaseId from, ReleaseId to) {
    if (!(world.services.readiness.apply(to.revision()) instanceof Readiness.Ready)) {
      return;
    }
    Violated.unless(
        world.service().live().equals(Optional.of(to)),
        "I6: %s was rolled back, and live is %s instead of %s"
            .formatted(from, world.service().live(), to));
    Map<String, Integer> split = world.services.split(World.HELLO.value());
    Violated.unless(
        split.equals(Map.of(to.revision(), 100)),
        "I6: %s was restored, and the traffic is %s".formatted(to, split));
  }

  private void servedIn(String region, ReleaseId live) {
    Map<String, Integer> split = world.in(region).services().split(World.HELLO.value());
    Violated.unless(
        split.equals(Map.of(live.revision(), 100)),
        "I4: %s is live, and the traffic in %s is %s".formatted(live, region, split));
  }

  private void hasImage(ReleaseId needed) {
    Violated.unless(
        world.ledger.view(needed).release().flatMap(Release::image).stream()
            .anyMatch(world.images::has),
        "I6: the image of %s is gone".formatted(needed));
  }

  private void servesNothingGivenUp(String region) {
    world.in(region).services().split(World.HELLO.value()).keySet().stream()
        .flatMap(revision -> ReleaseId.find(revision).stream())
        .flatMap(id -> world.ledger.view(id).release().stream())
        .forEach(
            release ->
                Violated.unless(
                    !(release.stage() instanceof Stage.Cancelled
                        || release.stage() instanceof Stage.RolledBack),
                    "I4: %s serves in %s and is given up".formatted(release.id(), region)));
  }
}
