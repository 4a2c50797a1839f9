package dev.slipway.cli.demo;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.ledger.Recorded;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Follows a release in the ledger, from its upload until it is settled. */
final class Follower {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final FirestoreLedger ledger;
  private final Display display;
  private final Clock clock;

  Follower(FirestoreLedger ledger, Display display, Clock clock) {
    this.ledger = ledger;
    this.display = display;
    this.clock = clock;
  }

  /**
   * Shows the events of a settled release that a command moves again.
   *
   * @param known how many it had before
   * @return the release once nothing more will happen to it by itself
   */
  Release followOn(String subject, ReleaseId id, long known, Instant began) {
    display.begin(subject);
    int shown = Math.toIntExact(known);
    while (clock.instant().isBefore(began.plus(PATIENCE))) {
      shown = show(id, shown, began);
      Release release = ledger.view(id).release().orElseThrow();
      if (shown > known
          && release.stage() instanceof Stage.Settled
          && release.sequence() == shown) {
        return release;
      }
      display.tick(Duration.between(began, clock.instant()));
      Moment.pass();
    }
    throw new Failure(
        "Waited %d minutes for %s but it did not come to an end."
            .formatted(PATIENCE.toMinutes(), id));
  }

  /** Shows the events after the first so many, and says how many there are. */
  private int show(ReleaseId id, int shown, Instant began) {
    List<Recorded> events = ledger.events(id);
    for (Recorded event : events.subList(shown, events.size())) {
      display.stage(says(event.event()), Duration.between(began, event.at()));
    }
    return events.size();
  }

  /**
   * Shows every event as it comes.
   *
   * @return the release once nothing more will happen to it by itself
   */
  Release follow(String subject, Upload upload) {
    Instant began = clock.instant();
    display.begin(subject);
    int shown = 0;
    while (clock.instant().isBefore(began.plus(PATIENCE))) {
      List<ReleaseId> ids = ledger.of(upload);
      if (!ids.isEmpty()) {
        shown = show(ids.getFirst(), shown, began);
        Release release = ledger.view(ids.getFirst()).release().orElseThrow();
        if (release.stage() instanceof Stage.Settled && release.sequence() == shown) {
          return release;
        }
      }
      display.tick(Duration.between(began, clock.instant()));
      Moment.pass();
    }
    throw new Failure(
        "Waited %d minutes for the release of %s but it did not come to an end."
            .formatted(PATIENCE.toMinutes(), upload));
  }

  private static String says(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Received e -> "received";
      case ReleaseEvent.Rejected e -> "rejected: " + e.findings();
      case ReleaseEvent.BuildSubmitted e -> "building";
      case ReleaseEvent.BuildSucceeded e -> "built";
      case ReleaseEvent.BuildFailed e -> "build failed: " + e.reason();
      case ReleaseEvent.BuildEnqueued e -> "its build waits for that of " + e.behind();
      case ReleaseEvent.BuildLost e -> "build lost: " + e.reason();
      case ReleaseEvent.FoundUnchanged e -> "unchanged";
      case ReleaseEvent.Enqueued e -> "queued behind " + e.behind();
      case ReleaseEvent.Held e -> "held: " + e.reason();
      case ReleaseEvent.ApprovalRequested e -> "awaiting approval of " + e.approvers();
      case ReleaseEvent.Approved e -> "approved by " + e.by();
      case ReleaseEvent.Overridden e -> "glass broken by " + e.by() + ": " + e.reason();
      case ReleaseEvent.HoldPlaced e -> "service held by " + e.by();
      case ReleaseEvent.HoldLifted e -> "hold lifted by " + e.by();
      case ReleaseEvent.CommandRefused e -> "not done, %s: %s".formatted(e.kind(), e.why());
      case ReleaseEvent.Retried e -> "tried again as " + e.as();
      case ReleaseEvent.TriedAgain e -> "another try of " + e.of();
      case ReleaseEvent.PromotionReceived e -> "promoted from " + e.origin();
      case ReleaseEvent.ImageCopied e -> "image copied";
      case ReleaseEvent.RolloutStarted e -> "candidate at 0%";
      case ReleaseEvent.JobSucceeded e -> "job done";
      case ReleaseEvent.SmokePassed e -> "smoke passed";
      case ReleaseEvent.StepReached e -> e.percent() + "%";
      case ReleaseEvent.Paused e -> "paused: " + e.reason();
      case ReleaseEvent.Resumed e -> "resumed";
      case ReleaseEvent.RegionServed e -> "100% in " + e.region();
      case ReleaseEvent.RegionEntered e -> "begins in " + e.region();
      case ReleaseEvent.RegionRestored e ->
          e.region() + e.restored().map(r -> ": back to " + r).orElse(": " + e.why());
      case ReleaseEvent.Promoted e ->
          e.stepsSkipped()
              ? "live (a first release: no canary)"
              : e.watch().isZero() ? "100%, live" : "100%, watched";
      case ReleaseEvent.Hastened e -> "hastened: " + e.reason();
      case ReleaseEvent.WatchEnded e -> "live";
      case ReleaseEvent.RollbackRefused e -> "live still: " + e.reason();
      case ReleaseEvent.RollbackStarted e -> "rolling back (" + e.reason() + ")";
      case ReleaseEvent.RolledBack e -> "rolled back to " + e.restored();
      case ReleaseEvent.Failed e -> "failed: " + e.reason();
      case ReleaseEvent.Cancelled e -> "cancelled: " + e.reason();
      case ReleaseEvent.Superseded e -> "superseded by " + e.by();
      case ReleaseEvent.Replaced e -> "replaced by " + e.by();
      case ReleaseEvent.Restored e -> "live again";
    };
  }
}
