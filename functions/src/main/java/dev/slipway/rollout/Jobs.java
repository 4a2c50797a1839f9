package dev.slipway.rollout;

import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import java.util.Optional;

/** The port to what runs once and ends: Cloud Run jobs. */
public interface Jobs {

  /** Where a release's job stands; empty when it was not run. */
  Optional<JobState> findJob(ReleaseId release);

  /**
   * Makes the job and runs it, a step each time it is asked; one that was run is not run again.
   * Returns once asked: {@link #findJob} tells what became of it.
   */
  void run(JobOrder order);
}
