package dev.slipway.notify;

import dev.slipway.release.ReleaseEvent;

/** How much an event of a release matters to those who did not wait for it. */
public enum Severity {
  /** The release goes on, or ends, as intended. */
  INFO,
  /** It does not go on by itself, or past a rule. */
  WARNING,
  /** It went wrong. */
  ERROR;

  static Severity of(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Received e -> INFO;
      case ReleaseEvent.Rejected e -> ERROR;
      case ReleaseEvent.BuildSubmitted e -> INFO;
      case ReleaseEvent.BuildSucceeded e -> INFO;
      case ReleaseEvent.BuildFailed e -> ERROR;
      case ReleaseEvent.BuildLost e -> WARNING;
      case ReleaseEvent.FoundUnchanged e -> INFO;
      case ReleaseEvent.Enqueued e -> INFO;
      case ReleaseEvent.BuildEnqueued e -> INFO;
      case ReleaseEvent.Held e -> WARNING;
      case ReleaseEvent.ApprovalRequested e -> WARNING;
      case ReleaseEvent.Approved e -> INFO;
      case ReleaseEvent.Overridden e -> WARNING;
      case ReleaseEvent.HoldPlaced e -> WARNING;
      case ReleaseEvent.HoldLifted e -> INFO;
      case ReleaseEvent.CommandRefused e -> WARNING;
      case ReleaseEvent.Retried e -> INFO;
      case ReleaseEvent.TriedAgain e -> INFO;
      case ReleaseEvent.PromotionReceived e -> INFO;
      case ReleaseEvent.ImageCopied e -> INFO;
      case ReleaseEvent.RolloutStarted e -> INFO;
      case ReleaseEvent.JobSucceeded e -> INFO;
      case ReleaseEvent.SmokePassed e -> INFO;
      case ReleaseEvent.StepReached e -> INFO;
      case ReleaseEvent.Paused e -> WARNING;
      case ReleaseEvent.Resumed e -> INFO;
      case ReleaseEvent.Hastened e -> INFO;
      case ReleaseEvent.Promoted e -> INFO;
      case ReleaseEvent.RegionServed e -> INFO;
      case ReleaseEvent.RegionEntered e -> INFO;
      case ReleaseEvent.RegionRestored e -> WARNING;
      case ReleaseEvent.WatchEnded e -> INFO;
      case ReleaseEvent.RollbackStarted e -> ERROR;
      case ReleaseEvent.RollbackRefused e -> ERROR;
      case ReleaseEvent.RolledBack e -> ERROR;
      case ReleaseEvent.Failed e -> ERROR;
      case ReleaseEvent.Cancelled e -> INFO;
      case ReleaseEvent.Superseded e -> INFO;
      case ReleaseEvent.Replaced e -> INFO;
      case ReleaseEvent.Restored e -> INFO;
    };
  }

  boolean isBelow(Severity other) {
    return compareTo(other) < 0;
  }
}
