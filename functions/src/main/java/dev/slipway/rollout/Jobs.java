package dev.slipway.rollout;

import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import java.util.Optional;

/** The port to what runs a release's pre-deploy job: Cloud Run jobs in one region. */
public interface Jobs {

  /** How the release's job stands; empty when it was never run. */
  Optional<JobState> read(ReleaseId release);

  /**
   * Runs the job, with the environment, secrets and account of the release's service where there
   * is one. One that was run before is not run again. Returns once asked: {@link #read} tells when
   * it is done.
   */
  void run(JobOrder order);
}
