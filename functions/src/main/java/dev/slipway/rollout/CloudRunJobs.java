package dev.slipway.rollout;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.ExecutionsClient;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.protobuf.Duration;
import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import java.util.Optional;

/**
 * Cloud Run jobs in one region of one project.
 *
 * <p>The job is named after the release and made together with its one execution, in one request: so
 * it exists exactly when it was run, and a second request is refused by name.
 */
public final class CloudRunJobs implements Jobs {

  /** Ends the name of the one execution. */
  private static final String TOKEN = "once";

  private final Clients clients;
  private final CloudRunServices.Place place;

  /** The three clients it takes. */
  public record Clients(JobsClient jobs, ExecutionsClient executions, ServicesClient services) {}

  public CloudRunJobs(Clients clients, CloudRunServices.Place place) {
    this.clients = clients;
    this.place = place;
  }

  @Override
  public Optional<JobState> read(ReleaseId release) {
    try {
      Job job = clients.jobs().getJob(name(release));
      String execution = job.getLatestCreatedExecution().getName();
      return Optional.of(
          execution.isEmpty()
              ? new JobState.Running()
              : state(clients.executions().getExecution(execution)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static JobState state(Execution execution) {
    return execution.getConditionsList().stream()
        .filter(c -> c.getType().equals("Completed"))
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
    try {
      var unused =
          clients
              .jobs()
              .createJobCallable()
              .call(
                  CreateJobRequest.newBuilder()
                      .setParent(place.parent())
                      .setJobId(order.release().revision())
                      .setJob(job(order))
                      .build());
    } catch (AlreadyExistsException adopted) {
      // Run before, by a worker that did not live to tell.
    }
  }

  private Job job(JobOrder order) {
    RevisionTemplate service = service(order.release());
    Container.Builder container =
        service.getContainersCount() > 0
            ? service.getContainers(0).toBuilder().clearStartupProbe().clearLivenessProbe().clearPorts()
            : Container.newBuilder();
    container.setImage(order.image()).clearArgs().addAllArgs(order.args());
    TaskTemplate.Builder task =
        TaskTemplate.newBuilder()
            .addContainers(container)
            .addAllVolumes(service.getVolumesList())
            .setServiceAccount(
                service.getServiceAccount().isEmpty()
                    ? place.serviceAccount().orElse("")
                    : service.getServiceAccount())
            // What it changes may not bear being changed twice: a person decides that.
            .setMaxRetries(0)
            .setTimeout(Duration.newBuilder().setSeconds(order.timeout().toSeconds()));
    if (service.hasVpcAccess()) {
      task.setVpcAccess(service.getVpcAccess());
    }
    return Job.newBuilder()
        .putLabels("managed-by", "slipway")
        .setStartExecutionToken(TOKEN)
        .setTemplate(ExecutionTemplate.newBuilder().setTaskCount(1).setTemplate(task))
        .build();
  }

  /** How the service's revisions are made; that of a first release is as the platform has it. */
  private RevisionTemplate service(ReleaseId release) {
    try {
      return clients.services().getService(place.service(release.service())).getTemplate();
    } catch (NotFoundException e) {
      return RevisionTemplate.getDefaultInstance();
    }
  }

  private String name(ReleaseId release) {
    return place.parent() + "/jobs/" + release.revision();
  }
}
