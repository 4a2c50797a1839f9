package dev.slipway.pipeline;

import dev.slipway.release.Decision;
import dev.slipway.release.Stage;
import dev.slipway.release.Step;

/**
 * What one function may do, so that no account needs the rights both to submit builds and to deploy.
 * What is another's duty is left alone: its next trigger sees to it, at the latest a tick.
 */
public enum Duty {
  /** Takes uploads in and has them built: releases not built yet, and builds nobody waits for. */
  BUILD,
  /** Everything that is not a build's. */
  DEPLOY,
  /** Both, for tests of the whole in one. */
  ALL;

  /** Whether to look at a release in that stage at all: to look needs rights too. */
  boolean covers(Stage stage) {
    return this != BUILD
        || stage instanceof Stage.Received
        || stage instanceof Stage.BuildQueued
        || stage instanceof Stage.Building
        || stage instanceof Stage.BuildLost
        || Decision.mayLeaveABuild(stage);
  }

  /** Whether to take that step. */
  boolean covers(Step step) {
    boolean submits =
        step instanceof Step.SubmitBuild
            || step instanceof Step.CancelBuild
            || step instanceof Step.CopyImage;
    boolean measures = step instanceof Step.MeasureImage;
    return switch (this) {
      case BUILD -> !measures;
      case DEPLOY -> !submits;
      case ALL -> true;
    };
  }
}
