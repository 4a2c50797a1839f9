package dev.slipway.cli.simulate;

import dev.slipway.release.BuildState;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Stage;
import dev.slipway.release.Traffic;
import dev.slipway.release.Upload;
import dev.slipway.release.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold after every step, and once all is calm; see docs/reliability.md. */
final class Invariants {

  /** One of them does not hold. */
  static final class Violated extends AssertionError {
    private static final long serialVersionUID = 1;

    Violated(String message) {
      super(message);
    }
  }

  private final World world;
  private final Candidates candidates;
  private final Map<ReleaseId, Long> sequences = new HashMap<>();
  private final Map<ReleaseId, String> built = new HashMap<>();
  private final Map<String, Instant> submitted = new HashMap<>();
  private final Set<String> ready = new HashSet<>();
  private final Map<ReleaseId, Instant> moved = new HashMap<>();
  private final Set<ReleaseId> hastened = new HashSet<>();
  private final Map<ReleaseId, List<Instant>> served = new HashMap<>();
  private Instant disturbed = Instant.MIN;
  private int seen;
  private final Map<String, Long> epochs = new HashMap<>();
  private final Set<String> leftAlone = new HashSet<>();

  Invariants(World world, Candidates candidates) {
    this.world = world;
    this.candidates = candidates;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violated(otherwise);
    }
  }

  /** Just now measuring was not what it should be: it could not be read, or the clock jumped. */
  void disturbed(Instant now) {
    disturbed = now;
  }

  /** A revision was found ready. */
  void ready(String revision) {
    ready.add(revision);
  }

  /**
   * I1: nobody submits a build where they could have seen one.
   *
   * @param listed when the worker listed the builds there were
   */
  void submitting(BuildState build, Instant listed, Instant now) {
    for (BuildState other : world.builds.all.values()) {
      boolean counts =
          other.release().equals(build.release())
              && !(other.progress() instanceof BuildState.Lost)
              && !(other.progress() instanceof BuildState.Stopped);
      require(
          !counts || !submittedAt(other.id()).isBefore(listed),
          "I1: %s is built again though %s was there".formatted(build.release(), other.id()));
    }
    // Once first in line, always first: even a worker that stalled on it has not jumped the queue.
    require(
        !world.queues || world.service().builtBefore(build.release()).isEmpty(),
        "B10: %s is built before its turn: %s"
            .formatted(build.release(), world.service().builds()));
    submitted.put(build.id(), now);
  }

  private Instant submittedAt(String build) {
    return submitted.getOrDefault(build, Instant.MIN);
  }

  /** I4 and the fence, as the traffic changes. */
  void changing(String region, Traffic traffic) {
    long epoch = epochs.getOrDefault(region, 0L);
    require(
        traffic.epoch() >= epoch,
        "I5: a rollout of epoch %d changes the traffic of epoch %d".formatted(traffic.epoch(), epoch));
    epochs.put(region, traffic.epoch());
    if (traffic.shares().size() > 1) {
      traffic
          .shares()
          .forEach(
              share ->
                  require(
                      ready.contains(share.revision()),
                      "I4: %s gets traffic and was never ready".formatted(share.revision())));
    }
  }

  /** I6: what the ledger calls live is not thrown away. */
  void deleting(String revision) {
    require(
        !world.service().live().map(ReleaseId::revision).equals(Optional.of(revision)),
        "I6: the revision of what is live is deleted: " + revision);
  }

  /** After every step; {@code now} is what time it is, whatever the clock shows. */
  void check(Instant now) {
    List<Change.Entry> entries = world.ledger.entries;
    for (; seen < entries.size(); seen++) {
      Change.Entry entry = entries.get(seen);
      moved.put(entry.release(), now);
      long expected = sequences.merge(entry.release(), 1L, Long::sum);
      require(entry.sequence() == expected, "I3: the ledger regressed: " + entry);
      if (entry.event() instanceof ReleaseEvent.BuildSucceeded e) {
        require(
            built.putIfAbsent(entry.release(), e.buildId()) == null,
            "I1: two builds of " + entry.release() + " took effect");
      }
      judged(entry);
      if (entry.event() instanceof ReleaseEvent.RegionRestored e) {
        // What served there before cannot any more: it stays as it is, and people are told.
        e.restored().ifPresentOrElse(r -> leftAlone.remove(e.region()), () -> leftAlone.add(e.region()));
      }
    }
    List<Release> rollouts =
        world.ledger.releases.values().stream().filter(Invariants::hasSlot).toList();
    require(
        rollouts.size() <= 1,
        "I5: more than one rollout: " + rollouts.stream().map(Release::id).toList());
    List<Release> live =
        world.ledger.releases.values().stream()
            .filter(r -> r.stage() instanceof Stage.Live || r.stage() instanceof Stage.Watching)
            .toList();
    require(
        live.size() <= 1, "I3: more than one is live: " + live.stream().map(Release::id).toList());
  }

  /** No release goes on against its verdict; and a bad one not at all, unless people will it. */
  private void judged(Change.Entry entry) {
    switch (entry.event()) {
      case ReleaseEvent.Hastened e -> hastened.add(entry.release());
      case ReleaseEvent.RegionServed e -> {
        wentOn(entry, e.verdict());
        served.computeIfAbsent(entry.release(), id -> new ArrayList<>()).add(now(entry));
      }
      case ReleaseEvent.StepReached e -> wentOn(entry, e.verdict());
      case ReleaseEvent.Promoted e when !e.stepsSkipped() -> wentOn(entry, e.verdict());
      // With nothing to go back to, it goes on serving whatever is found.
      case ReleaseEvent.WatchEnded e when world.service().previous().isPresent() ->
          wentOn(entry, e.verdict());
      default -> {}
    }
  }

  private Instant now(Change.Entry entry) {
    return moved.getOrDefault(entry.release(), Instant.MIN);
  }

  private void wentOn(Change.Entry entry, Optional<Verdict> verdict) {
    String revision = entry.release().revision();
    boolean byPeople =
        hastened.contains(entry.release()) || world.services.pinned.contains(revision);
    require(
        byPeople || verdict.filter(v -> v.outcome() == Verdict.Outcome.UNHEALTHY).isEmpty(),
        "gate: %s goes on though it is unhealthy: %s".formatted(entry.release(), entry.event()));
    boolean unjudged = verdict.isEmpty() || !candidates.areBusy();
    List<Instant> behind = served.getOrDefault(entry.release(), List.of());
    boolean unseen =
        behind.isEmpty()
            || !disturbed.isBefore(behind.getFirst())
            || verdict.filter(v -> v.outcome() == Verdict.Outcome.HEALTHY).isEmpty();
    require(
        byPeople || unjudged || unseen || !candidates.isFrail(revision),
        "gate: %s goes on though it fails users in a region before: %s"
            .formatted(entry.release(), entry.event()));
    require(
        byPeople || unjudged || !candidates.isBad(revision),
        "gate: %s goes on though it fails users: %s".formatted(entry.release(), entry.event()));
  }

  private static boolean hasSlot(Release release) {
    return release.stage() instanceof Stage.Candidate
        || release.stage() instanceof Stage.Canary
        || release.stage() instanceof Stage.Paused
        || release.stage() instanceof Stage.RollingBack;
  }

  /**
   * I7: nothing is posted twice, and what happened in calm is told.
   *
   * @param calm since when nothing fails
   */
  void told(Instant calm) {
    for (SimulatedSlack.Posted posted : world.slack.posted) {
      require(world.slack.copies(posted) == 1, "I7: posted more than once: " + posted);
    }
    for (Release release : world.ledger.releases.values()) {
      long told = world.slack.told(release.id());
      require(
          moved.getOrDefault(release.id(), calm).isBefore(calm) || told == release.sequence(),
          "I7: of %s only event %d was told: %s".formatted(release.id(), told, release.stage()));
    }
  }

  /**
   * Once nothing moves any more.
   *
   * @param uploads every upload a team made
   * @param pinned whether a person changed the traffic last
   */
  void converged(List<Upload> uploads, boolean pinned) {
    for (Upload upload : uploads) {
      List<Release> releases =
          world.ledger.releases.values().stream()
              .filter(r -> r.upload().object().equals(upload.object()))
              .filter(r -> r.journey().retryOf().isEmpty())
              .toList();
      require(!releases.isEmpty(), "I2: " + upload + " was lost");
      require(releases.size() == 1, "I1: %s became %s".formatted(upload, releases));
    }
    for (Release release : world.ledger.releases.values()) {
      require(
          release.stage() instanceof Stage.Settled,
          "I2: %s never came to an end: %s".formatted(release.id(), release.stage()));
    }
    world
        .builds.all
        .values()
        .forEach(
            build ->
                require(
                    !(build.progress() instanceof BuildState.Running),
                    "I1: a build nobody waits for runs on: " + build));
    served(world.service(), pinned);
  }

  /** I6: a live release was rolled back, and what was live before it is again, if it can run. */
  void wentBack(ReleaseId from, ReleaseId to) {
    if (!(world.services.readiness.apply(to.revision()) instanceof Readiness.Ready)) {
      return;
    }
    require(
        world.service().live().equals(Optional.of(to)),
        "I6: %s was rolled back, and live is %s instead of %s"
            .formatted(from, world.service().live(), to));
    require(
        world.services.split(World.HELLO.value()).equals(Map.of(to.revision(), 100)),
        "I6: %s was restored, and the traffic is %s"
            .formatted(to, world.services.split(World.HELLO.value())));
  }

  private void servedIn(String region, ReleaseId live) {
    Map<String, Integer> split = world.in(region).services().split(World.HELLO.value());
    require(
        split.equals(Map.of(live.revision(), 100)),
        "I4: %s is live, and the traffic in %s is %s".formatted(live, region, split));
  }

  private void hasImage(ReleaseId needed) {
    require(
        world.ledger.view(needed).release().flatMap(Release::image).filter(world.images::has).isPresent(),
        "I6: the image of %s is gone".formatted(needed));
  }

  private void servesNothingGivenUp(String region) {
    world.in(region).services().split(World.HELLO.value()).keySet().stream()
        .flatMap(revision -> ReleaseId.find(revision).stream())
        .flatMap(id -> world.ledger.view(id).release().stream())
        .forEach(
            release ->
                require(
                    !(release.stage() instanceof Stage.Cancelled
                        || release.stage() instanceof Stage.RolledBack),
                    "I4: %s serves in %s and is given up".formatted(release.id(), region)));
  }

  private void served(ServiceRecord service, boolean pinned) {
    if (service.live().isEmpty()) {
      return;
    }
    ReleaseId live = service.live().get();
    Stream.of(service.live(), service.previous()).flatMap(Optional::stream).forEach(this::hasImage);
    require(
        world.ledger.view(live).release().orElseThrow().stage() instanceof Stage.Live,
        "I6: what the service calls live is not: " + live);
    require(
        pinned || world.services.split(World.HELLO.value()).equals(Map.of(live.revision(), 100)),
        "I4: %s is live, and the traffic is %s"
            .formatted(live, world.services.split(World.HELLO.value())));
    world.furtherRegions().stream()
        .filter(region -> !leftAlone.contains(region))
        .forEach(this::servesNothingGivenUp);
    if (world.ledger.view(live).release().orElseThrow().stage() instanceof Stage.Live stage) {
      stage.rollout().regions().names().stream()
          .filter(region -> !region.equals(World.REGION) && !leftAlone.contains(region))
          .forEach(region -> servedIn(region, live));
    }
    require(
        world.services.readiness.apply(live.revision()) instanceof Readiness.Ready
            || service.previous().isEmpty()
            || ready.contains(live.revision()),
        "I4: what is live was never ready: " + live);
  }
}
