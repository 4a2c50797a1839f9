package dev.slipway.rollout;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.ExecutionsClient;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.protobuf.Duration;
import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Cloud Run jobs in one region: a job a release, of its name, of one execution without retries. The
 * job is run with the etag it was read with, so that of two workers one runs it.
 */
public final class CloudRunJobs implements Jobs {

  private static final String COMPLETED = "Completed";

  private final JobsClient jobs;
  private final ExecutionsClient executions;
  private final CloudRunServices.Place place;

  public CloudRunJobs(
      JobsClient jobs, ExecutionsClient executions, CloudRunServices.Place place) {
    this.jobs = jobs;
    this.executions = executions;
    this.place = place;
  }

  private String name(ReleaseId release) {
    return place.parent() + "/jobs/" + release;
  }

  private Optional<Job> job(ReleaseId release) {
    try {
      return Optional.of(jobs.getJob(name(release)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** The first execution, should there be several. */
  private Optional<Execution> execution(ReleaseId release) {
    try {
      return StreamSupport.stream(
              executions.listExecutions(name(release)).iterateAll().spliterator(), false)
          .min(Comparator.comparingLong(e -> e.getCreateTime().getSeconds()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<JobState> findJob(ReleaseId release) {
    return execution(release).map(CloudRunJobs::state);
  }

  private static JobState state(Execution execution) {
    return execution.getConditionsList().stream()
        .filter(condition -> condition.getType().equals(COMPLETED))
        .findFirst()
        .map(CloudRunJobs::state)
        .orElse(new JobState.Running());
  }

  private static JobState state(Condition completed) {
    return switch (completed.getState()) {
      case CONDITION_SUCCEEDED -> new JobState.Succeeded();
      case CONDITION_FAILED -> new JobState.Failed(completed.getMessage());
      case CONDITION_PENDING, CONDITION_RECONCILING, STATE_UNSPECIFIED, UNRECOGNIZED ->
          new JobState.Running();
    };
  }

  @Override
  public void run(JobOrder order) {
    Optional<Job> made = job(order.release());
    if (made.isEmpty()) {
      create(order);
    } else if (!made.get().getReconciling() && made.get().getExecutionCount() == 0) {
      start(made.get());
    }
  }

  private void create(JobOrder order) {
    TaskTemplate.Builder task =
        TaskTemplate.newBuilder()
            .setMaxRetries(0)
            .setTimeout(Duration.newBuilder().setSeconds(order.deadline().toSeconds()))
            .addContainers(
                Container.newBuilder().setImage(order.image()).addAllArgs(order.args()));
    place.serviceAccount().ifPresent(task::setServiceAccount);
    Job job =
        Job.newBuilder()
            .putLabels("managed-by", "slipway")
            .setTemplate(ExecutionTemplate.newBuilder().setTaskCount(1).setTemplate(task))
            .build();
    try {
      var unused =
          jobs.createJobCallable()
              .call(
                  CreateJobRequest.newBuilder()
                      .setParent(place.parent())
                      .setJobId(order.release().toString())
                      .setJob(job)
                      .build());
    } catch (AlreadyExistsException e) {
      // Another worker made it.
    }
  }

  private void start(Job job) {
    try {
      var unused =
          jobs.runJobCallable()
              .call(
                  RunJobRequest.newBuilder()
                      .setName(job.getName())
                      .setEtag(job.getEtag())
                      .build());
    } catch (AbortedException | FailedPreconditionException e) {
      throw new StaleServiceException("job " + job.getName() + " was run meanwhile", e);
    }
  }
}
