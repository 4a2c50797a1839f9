package dev.slipway.cli.simulate;

import dev.slipway.release.BuildState;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What must hold after every step, and once all is calm; see docs/reliability.md. */
final class Invariants {

  final TrafficInvariants traffic;
  final GateInvariants gate;
  private final World world;
  private final Map<ReleaseId, Long> sequences = new HashMap<>();
  private final Map<ReleaseId, String> built = new HashMap<>();
  private final Map<String, Instant> submitted = new HashMap<>();
  private final Map<ReleaseId, Instant> moved = new HashMap<>();
  private int seen;

  Invariants(World world, Candidates candidates) {
    this.world = world;
    traffic = new TrafficInvariants(world);
    gate = new GateInvariants(world, candidates);
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
      Violated.unless(
          !counts || !submittedAt(other.id()).isBefore(listed),
          "I1: %s is built again though %s was there".formatted(build.release(), other.id()));
    }
    // Once first in line, always first: even a worker that stalled on it has not jumped the queue.
    Violated.unless(
        !world.queues || world.service().builtBefore(build.release()).isEmpty(),
        "B10: %s is built before its turn: %s"
            .formatted(build.release(), world.service().builds()));
    submitted.put(build.id(), now);
  }

  private Instant submittedAt(String build) {
    return submitted.getOrDefault(build, Instant.MIN);
  }

  /** After every step; {@code now} is what time it is, whatever the clock shows. */
  void check(Instant now) {
    List<Change.Entry> entries = world.ledger.entries;
    for (; seen < entries.size(); seen++) {
      moved.put(entries.get(seen).release(), now);
      written(entries.get(seen));
      gate.check(entries.get(seen), now);
      traffic.check(entries.get(seen));
    }
    atMostOne(Invariants::hasSlot, "I5: more than one rollout: ");
    atMostOne(Invariants::isLive, "I3: more than one is live: ");
  }

  private void written(Change.Entry entry) {
    long expected = sequences.merge(entry.release(), 1L, Long::sum);
    Violated.unless(entry.sequence() == expected, "I3: the ledger regressed: " + entry);
    if (entry.event() instanceof ReleaseEvent.BuildSucceeded e) {
      Violated.unless(
          built.putIfAbsent(entry.release(), e.buildId()) == null,
          "I1: two builds of " + entry.release() + " took effect");
    }
  }

  private void atMostOne(Predicate<Release> such, String otherwise) {
    List<ReleaseId> found =
        world.ledger.releases.values().stream().filter(such).map(Release::id).toList();
    Violated.unless(found.size() <= 1, otherwise + found);
  }

  private static boolean isLive(Release release) {
    return release.stage() instanceof Stage.Live || release.stage() instanceof Stage.Watching;
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
      Violated.unless(world.slack.copies(posted) == 1, "I7: posted more than once: " + posted);
    }
    for (Release release : world.ledger.releases.values()) {
      long told = world.slack.told(release.id());
      Violated.unless(
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
      Violated.unless(!releases.isEmpty(), "I2: " + upload + " was lost");
      Violated.unless(releases.size() == 1, "I1: %s became %s".formatted(upload, releases));
    }
    for (Release release : world.ledger.releases.values()) {
      Violated.unless(
          release.stage() instanceof Stage.Settled,
          "I2: %s never came to an end: %s".formatted(release.id(), release.stage()));
    }
    for (BuildState build : world.builds.all.values()) {
      Violated.unless(
          !(build.progress() instanceof BuildState.Running),
          "I1: a build nobody waits for runs on: " + build);
    }
    traffic.converged(pinned);
  }
}
