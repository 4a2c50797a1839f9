package dev.slipway.cli.simulate;

import dev.slipway.release.Change;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** No release goes on against its verdict; and a bad one not at all, unless people will it. */
final class GateInvariants {

  private final World world;
  private final Candidates candidates;
  private final Set<ReleaseId> hastened = new HashSet<>();
  private final Map<ReleaseId, List<Instant>> served = new HashMap<>();
  private Instant disturbed = Instant.MIN;

  GateInvariants(World world, Candidates candidates) {
    this.world = world;
    this.candidates = candidates;
  }

  /** Just now measuring was not what it should be: it could not be read, or the clock jumped. */
  void disturbed(Instant now) {
    disturbed = now;
  }

  /** An entry was written to the ledger. */
  void check(Change.Entry entry, Instant now) {
    switch (entry.event()) {
      case ReleaseEvent.Hastened e -> hastened.add(entry.release());
      case ReleaseEvent.RegionServed e -> {
        wentOn(entry, e.verdict());
        served.computeIfAbsent(entry.release(), id -> new ArrayList<>()).add(now);
      }
      case ReleaseEvent.StepReached e -> wentOn(entry, e.verdict());
      case ReleaseEvent.Promoted e when !e.stepsSkipped() -> wentOn(entry, e.verdict());
      // With nothing to go back to, it goes on serving whatever is found.
      case ReleaseEvent.WatchEnded e when world.service().previous().isPresent() ->
          wentOn(entry, e.verdict());
      default -> {}
    }
  }

  private void wentOn(Change.Entry entry, Optional<Verdict> verdict) {
    ReleaseId release = entry.release();
    String revision = release.revision();
    if (hastened.contains(release) || world.services.pinned.contains(revision)) {
      return;
    }
    Violated.unless(
        !found(verdict, Verdict.Outcome.UNHEALTHY),
        "gate: %s goes on though it is unhealthy: %s".formatted(release, entry.event()));
    if (verdict.isEmpty() || !candidates.areBusy()) {
      return;
    }
    boolean seen = found(verdict, Verdict.Outcome.HEALTHY) && undisturbedSinceFirstServed(release);
    Violated.unless(
        !seen || !candidates.isFrail(revision),
        "gate: %s goes on though it fails users in a region before: %s"
            .formatted(release, entry.event()));
    Violated.unless(
        !candidates.isBad(revision),
        "gate: %s goes on though it fails users: %s".formatted(release, entry.event()));
  }

  private static boolean found(Optional<Verdict> verdict, Verdict.Outcome outcome) {
    return verdict.filter(v -> v.outcome() == outcome).isPresent();
  }

  /** Whether it has a region behind it, and could be measured there ever since. */
  private boolean undisturbedSinceFirstServed(ReleaseId release) {
    List<Instant> behind = served.getOrDefault(release, List.of());
    return !behind.isEmpty() && disturbed.isBefore(behind.getFirst());
  }
}
