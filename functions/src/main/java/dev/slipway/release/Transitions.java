package dev.slipway.release;

import java.time.Instant;

/** Which stage follows which, on what event. */
final class Transitions {

  private Transitions() {}

  static Stage next(Release release, ReleaseEvent event, Instant at) {
    return switch (release.stage()) {
      case Stage.Received s -> onReceived(release, event);
      case Stage.Building s -> onBuilding(release, s, event);
      case Stage.BuildLost s -> onReceived(release, event);
      case Stage.Built s -> onBuilt(release, event, at);
      case Stage.Queued s -> onBuilt(release, event, at);
      case Stage.Held s -> onBuilt(release, event, at);
      case Stage.Candidate s -> onCandidate(release, s, event, at);
      case Stage.Canary s -> onCanary(release, s, event, at);
      case Stage.Paused s -> onPaused(release, s, event, at);
      case Stage.RollingBack s -> onRollingBack(release, s, event);
      case Stage.Live s -> onLive(release, s, event);
      case Stage.Replaced s -> onReplaced(release, event, at);
      case Stage.Rejected s -> throw illegal(release, event);
      case Stage.BuildFailed s -> throw illegal(release, event);
      case Stage.Unchanged s -> throw illegal(release, event);
      case Stage.RolledBack s -> throw illegal(release, event);
      case Stage.Failed s -> throw illegal(release, event);
      case Stage.Cancelled s -> throw illegal(release, event);
      case Stage.Superseded s -> throw illegal(release, event);
    };
  }

  private static Stage onReceived(Release release, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.BuildSubmitted e -> new Stage.Building(e.buildId(), e.attempt());
      case ReleaseEvent.FoundUnchanged e -> new Stage.Unchanged(e.as());
      default -> ended(release, event);
    };
  }

  private static Stage onBuilding(Release release, Stage.Building stage, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.BuildSucceeded e -> new Stage.Built();
      case ReleaseEvent.BuildFailed e -> new Stage.BuildFailed(e.reason(), e.excerpt());
      case ReleaseEvent.BuildLost e ->
          new Stage.BuildLost(stage.buildId(), stage.attempt(), e.reason());
      default -> ended(release, event);
    };
  }

  private static Stage onBuilt(Release release, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.Rejected e -> new Stage.Rejected(e.findings());
      case ReleaseEvent.FoundUnchanged e -> new Stage.Unchanged(e.as());
      case ReleaseEvent.Enqueued e -> new Stage.Queued(e.behind());
      case ReleaseEvent.Held e -> new Stage.Held(e.reason());
      case ReleaseEvent.RolloutStarted e -> new Stage.Candidate(e.rollout(), at, false);
      default -> ended(release, event);
    };
  }

  private static Stage onCandidate(
      Release release, Stage.Candidate stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.SmokePassed e -> new Stage.Candidate(stage.rollout(), stage.since(), true);
      case ReleaseEvent.StepReached e when stage.smoked() && e.step() == 0 ->
          new Stage.Canary(stage.rollout(), 0, e.percent(), at);
      case ReleaseEvent.Promoted e when stage.smoked() -> new Stage.Live(stage.rollout(), at);
      default -> rollback(release, stage.rollout(), event);
    };
  }

  private static Stage onCanary(
      Release release, Stage.Canary stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.StepReached e when e.step() == stage.step() + 1 ->
          new Stage.Canary(stage.rollout(), e.step(), e.percent(), at);
      case ReleaseEvent.Promoted e -> new Stage.Live(stage.rollout(), at);
      case ReleaseEvent.Paused e ->
          new Stage.Paused(stage.rollout(), stage.step(), stage.percent(), e.reason());
      default -> rollback(release, stage.rollout(), event);
    };
  }

  private static Stage onPaused(
      Release release, Stage.Paused stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.Resumed e ->
          new Stage.Canary(stage.rollout(), stage.step(), stage.percent(), at);
      case ReleaseEvent.Promoted e -> new Stage.Live(stage.rollout(), at);
      default -> rollback(release, stage.rollout(), event);
    };
  }

  /** What can happen to a rollout at any point of it. */
  private static Stage rollback(Release release, Rollout rollout, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.RollbackStarted e ->
          new Stage.RollingBack(rollout.withEpoch(e.epoch()), e.reason());
      default -> ended(release, event);
    };
  }

  private static Stage onRollingBack(
      Release release, Stage.RollingBack stage, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.RolledBack e -> new Stage.RolledBack(stage.reason(), e.restored());
      case ReleaseEvent.Failed e -> new Stage.Failed(e.reason());
      default -> throw illegal(release, event);
    };
  }

  private static Stage onLive(Release release, Stage.Live stage, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.RollbackStarted e ->
          new Stage.RollingBack(stage.rollout().withEpoch(e.epoch()), e.reason());
      case ReleaseEvent.Replaced e -> new Stage.Replaced(e.by());
      default -> throw illegal(release, event);
    };
  }

  private static Stage onReplaced(Release release, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.Restored e -> new Stage.Live(e.rollout(), at);
      default -> throw illegal(release, event);
    };
  }

  /** What can happen to any release that is not live yet. */
  private static Stage ended(Release release, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Failed e -> new Stage.Failed(e.reason());
      case ReleaseEvent.Cancelled e -> new Stage.Cancelled(e.reason());
      case ReleaseEvent.Superseded e -> new Stage.Superseded(e.by());
      default -> throw illegal(release, event);
    };
  }

  private static IllegalTransitionException illegal(Release release, ReleaseEvent event) {
    return new IllegalTransitionException(release.id(), release.stage(), event);
  }
}
