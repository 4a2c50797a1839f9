package dev.slipway.cli.simulate;

import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import dev.slipway.rollout.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cloud Run's jobs, in memory: a release's is run once. */
final class SimulatedJobs implements Jobs {

  private final Boundary boundary;

  /** The releases whose job was run, in order. */
  final List<ReleaseId> ran = new ArrayList<>();

  /** What a release's job comes to. */
  Function<ReleaseId, JobState> outcome = id -> new JobState.Succeeded();

  SimulatedJobs(Boundary boundary) {
    this.boundary = boundary;
  }

  @Override
  public Optional<JobState> findJob(ReleaseId release) {
    boundary.look("get job");
    return ran.contains(release) ? Optional.of(outcome.apply(release)) : Optional.empty();
  }

  @Override
  public void run(JobOrder order) {
    boundary.effect("run job", () -> ran.contains(order.release()) || ran.add(order.release()));
  }
}
