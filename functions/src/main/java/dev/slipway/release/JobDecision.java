package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/** What comes next for a release whose job has to be run before its candidate is deployed. */
final class JobDecision {

  private JobDecision() {}

  /** Whether a release has a job that was not run yet. */
  static boolean isDue(Release release) {
    return !release.journey().prepared() && !args(release).isEmpty();
  }

  static List<String> args(Release release) {
    return release.crate().map(crate -> crate.settings().job()).orElse(List.of());
  }

  static Step preparing(Situation s, Stage.Candidate stage, Optional<JobState> job) {
    if (job.isEmpty()) {
      return new Step.RunJob(
          new JobOrder(
              s.id(),
              s.release().image().orElseThrow().reference(),
              args(s.release()),
              s.policy().job().deadline()));
    }
    return switch (job.get()) {
      case JobState.Succeeded j -> new Step.Note(new ReleaseEvent.JobSucceeded());
      case JobState.Failed j ->
          RolloutDecision.giveUp(s, stage.rollout(), "its job failed: " + j.why());
      case JobState.Running j -> new Step.Wait("its job is running", true);
    };
  }
}
