package dev.slipway.release;

import java.time.Instant;

/** Which stage follows which, on what event. */
final class Transitions {

  private Transitions() {}

  static Stage next(Release release, ReleaseEvent event, Instant at) {
    return event instanceof ReleaseEvent.Aside aside
        ? onAside(release, aside)
        : onStep(release, event, at);
  }

  /** What is said of a release moves it nowhere; some of it can only be said in some stages. */
  private static Stage onAside(Release release, ReleaseEvent.Aside event) {
    boolean sayable =
        switch (event) {
          case ReleaseEvent.Approved e -> release.stage() instanceof Stage.AwaitingApproval;
          case ReleaseEvent.Overridden e -> release.stage() instanceof Stage.Held;
          case ReleaseEvent.Retried e -> release.stage() instanceof Stage.Settled;
          case ReleaseEvent.HoldPlaced e -> true;
          case ReleaseEvent.HoldLifted e -> true;
          case ReleaseEvent.CommandRefused e -> true;
        };
    if (!sayable) {
      throw illegal(release, event);
    }
    return release.stage();
  }

  private static Stage onStep(Release release, ReleaseEvent event, Instant at) {
    return switch (release.stage()) {
      case Stage.Received s -> onReceived(release, event);
      case Stage.BuildQueued s -> onReceived(release, event);
      case Stage.Building s -> onBuilding(release, s, event);
      case Stage.BuildLost s -> onReceived(release, event);
      case Stage.Built s -> onBuilt(release, event, at);
      case Stage.Queued s -> onBuilt(release, event, at);
      case Stage.Held s -> onBuilt(release, event, at);
      case Stage.AwaitingApproval s -> onBuilt(release, event, at);
      case Stage.Candidate s -> onCandidate(release, s, event, at);
      case Stage.Canary s -> onCanary(release, s, event, at);
      case Stage.Paused s -> onPaused(release, s, event, at);
      case Stage.RollingBack s -> onRollingBack(release, s, event, at);
      case Stage.Watching s -> onWatching(release, s, event, at);
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
      case ReleaseEvent.ImageCopied e when release.stage() instanceof Stage.Received ->
          new Stage.Built();
      case ReleaseEvent.BuildEnqueued e when !(release.stage() instanceof Stage.BuildLost) ->
          new Stage.BuildQueued(e.behind());
      case ReleaseEvent.FoundUnchanged e -> new Stage.Unchanged(e.as());
      case ReleaseEvent.Rejected e -> new Stage.Rejected(e.findings());
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
      case ReleaseEvent.Held e -> new Stage.Held(e.reason(), e.cause());
      case ReleaseEvent.ApprovalRequested e ->
          new Stage.AwaitingApproval(e.approvers(), e.quorum(), e.until());
      case ReleaseEvent.RolloutStarted e -> new Stage.Candidate(e.rollout(), at, false);
      default -> ended(release, event);
    };
  }

  private static Stage onCandidate(
      Release release, Stage.Candidate stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.JobSucceeded e when !stage.smoked() -> stage;
      case ReleaseEvent.SmokePassed e ->
          new Stage.Candidate(stage.rollout(), stage.since(), true, stage.haste());
      case ReleaseEvent.RegionEntered e when !stage.rollout().regions().begun() ->
          new Stage.Candidate(
              stage.rollout().entered(e.baseline(), e.epoch()), at, false, stage.haste());
      case ReleaseEvent.RegionServed e when stage.smoked() && isMore(stage.rollout()) ->
          onward(stage.rollout(), at, stage.haste());
      case ReleaseEvent.StepReached e when stage.smoked() && e.step() == 0 ->
          new Stage.Canary(stage.rollout(), 0, e.percent(), at);
      case ReleaseEvent.Promoted e when stage.smoked() -> promoted(stage.rollout(), e, at);
      case ReleaseEvent.Hastened e when stage.smoked() ->
          new Stage.Candidate(stage.rollout(), stage.since(), true, e.haste());
      default -> rollback(release, stage.rollout(), event);
    };
  }

  private static Stage onCanary(
      Release release, Stage.Canary stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.StepReached e when e.step() == stage.step() + 1 ->
          new Stage.Canary(stage.rollout(), e.step(), e.percent(), at);
      case ReleaseEvent.Promoted e -> promoted(stage.rollout(), e, at);
      case ReleaseEvent.RegionServed e when isMore(stage.rollout()) ->
          onward(stage.rollout(), at, stage.haste());
      case ReleaseEvent.Hastened e ->
          new Stage.Canary(
              stage.rollout(), stage.step(), stage.percent(), stage.since(), e.haste());
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
      case ReleaseEvent.Hastened e ->
          new Stage.Canary(stage.rollout(), stage.step(), stage.percent(), at, e.haste());
      case ReleaseEvent.Promoted e -> promoted(stage.rollout(), e, at);
      default -> rollback(release, stage.rollout(), event);
    };
  }

  private static boolean isMore(Rollout rollout) {
    return !rollout.regions().ahead().isEmpty();
  }

  /** Whoever wants all the traffic at once wants it in every region. */
  private static Stage onward(Rollout rollout, Instant at, Haste haste) {
    return new Stage.Candidate(
        rollout.onward(at), at, false, haste == Haste.ALL ? Haste.ALL : Haste.NONE);
  }

  private static Stage promoted(Rollout rollout, ReleaseEvent.Promoted event, Instant at) {
    return event.watch().isZero()
        ? new Stage.Live(rollout, at)
        : new Stage.Watching(rollout, at, at.plus(event.watch()));
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
      Release release, Stage.RollingBack stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.RolledBack e -> new Stage.RolledBack(stage.reason(), e.restored());
      case ReleaseEvent.RegionRestored e when !stage.rollout().regions().done().isEmpty() ->
          new Stage.RollingBack(
              stage.rollout().back(e.restored()),
              e.restored().isPresent()
                  ? stage.reason()
                  : "%s; %s stays as it is: %s".formatted(stage.reason(), e.region(), e.why()));
      case ReleaseEvent.RollbackRefused e -> new Stage.Live(stage.rollout().own(), at);
      case ReleaseEvent.Failed e -> new Stage.Failed(e.reason());
      // Only when what it goes back to is itself rolled back, which takes it out of traffic too.
      case ReleaseEvent.Cancelled e -> new Stage.Cancelled(e.reason());
      default -> throw illegal(release, event);
    };
  }

  private static Stage onWatching(
      Release release, Stage.Watching stage, ReleaseEvent event, Instant at) {
    return switch (event) {
      case ReleaseEvent.RollbackStarted e -> fromLive(stage.rollout(), e);
      case ReleaseEvent.WatchEnded e -> new Stage.Live(stage.rollout(), at);
      case ReleaseEvent.Replaced e -> new Stage.Replaced(e.by());
      default -> throw illegal(release, event);
    };
  }

  private static Stage onLive(Release release, Stage.Live stage, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.RollbackStarted e -> fromLive(stage.rollout(), e);
      case ReleaseEvent.Replaced e -> new Stage.Replaced(e.by());
      default -> throw illegal(release, event);
    };
  }

  private static Stage fromLive(Rollout rollout, ReleaseEvent.RollbackStarted event) {
    Rollout back = rollout.withEpoch(event.epoch());
    return new Stage.RollingBack(
        event.through().map(back::through).orElse(back), event.reason());
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
