package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides what comes next for a release: a pure function, asked again after every step.
 *
 * <p>Every step it names can be repeated: a build is adopted by its tag, a revision by its name,
 * traffic that is asked for already is only waited for.
 */
public final class Decision {

  private Decision() {}

  /** Whether a job of the release's has to end before its candidate is deployed. */
  public static boolean awaitsJob(Release release) {
    return JobDecision.isDue(release);
  }

  /** The revision a release that is being rolled back makes way for; its own where there is none. */
  public static String rollbackTarget(
      ServiceRecord service, ReleaseId id, Stage.RollingBack stage) {
    return RollbackDecision.target(service, id, stage.rollout()).orElse(id.revision());
  }

  /**
   * How a release ends that can be neither looked at nor moved on, where its patience is over.
   *
   * @param why what went wrong just now
   */
  public static Optional<ReleaseEvent> givenUp(
      Release release, Policy policy, Instant now, String why) {
    return WaitDeadline.givenUp(release, policy, now, why);
  }

  /** How a release ends whose next step is another's to take, who does not for far too long. */
  public static Optional<ReleaseEvent> neglected(Release release, Policy policy, Instant now) {
    return WaitDeadline.neglected(release, policy, now);
  }

  public static Step next(Situation situation) {
    return situation.observation() instanceof Observation.OnWalk walk
        ? RegionDecision.behind(situation, walk.behind())
            .orElseGet(() -> inStage(situation.seeing(walk.here())))
        : inStage(situation);
  }

  private static Step inStage(Situation situation) {
    return switch (situation.release().stage()) {
      case Stage.Received s -> BuildDecision.received(situation);
      case Stage.BuildQueued s -> BuildDecision.received(situation);
      case Stage.Building s -> BuildDecision.building(situation, s);
      case Stage.BuildLost s -> BuildDecision.lost(situation, s);
      case Stage.Built s -> SlotDecision.wanting(situation);
      case Stage.Queued s -> SlotDecision.wanting(situation);
      case Stage.Held s -> SlotDecision.wanting(situation);
      case Stage.AwaitingApproval s -> SlotDecision.wanting(situation);
      case Stage.Candidate s -> RolloutDecision.candidate(situation, s);
      case Stage.Canary s -> RolloutDecision.canary(situation, s);
      case Stage.Paused s -> PauseDecision.paused(situation, s);
      case Stage.RollingBack s -> RollbackDecision.rollingBack(situation, s);
      case Stage.Watching s -> WatchDecision.watching(situation, s);
      case Stage.Settled s ->
          mayLeaveABuild(s) ? BuildDecision.over(situation) : new Step.Rest();
    };
  }

  /** Whether a release can have come to this end while a build of it ran. */
  public static boolean mayLeaveABuild(Stage stage) {
    return stage instanceof Stage.Cancelled
        || stage instanceof Stage.BuildFailed
        || stage instanceof Stage.Superseded;
  }
}
