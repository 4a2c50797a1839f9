package dev.slipway.local.run;

import com.google.api.LaunchStage;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.DeleteJobRequest;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.cloud.run.v2.UpdateJobRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Duration;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes, changes and deletes jobs; a change is done when it is answered. */
final class JobChanges {

  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String USER = "developer@laptop";
  private static final int TIMEOUT_SECONDS = 600;
  private static final int RETRIES = 3;

  private final JobCatalog catalog;
  private final Operations operations;
  private final Ids ids;
  private final Conditions conditions;

  JobChanges(JobCatalog catalog, Operations operations, Ids ids, Conditions conditions) {
    this.catalog = catalog;
    this.operations = operations;
    this.ids = ids;
    this.conditions = conditions;
  }

  Operation create(CreateJobRequest request) {
    JobName name = JobName.of(request.getParent(), request.getJobId());
    synchronized (catalog) {
      if (catalog.job(name).isPresent()) {
        throw Calls.alreadyExists(name.toString());
      }
      Job made =
          request.getJob().toBuilder()
              .setName(name.toString())
              .setUid(ids.uuid().toString())
              .setCreateTime(conditions.now())
              .setCreator(USER)
              .build();
      return save(name, made, request.getValidateOnly());
    }
  }

  Operation update(UpdateJobRequest request) {
    JobName name = JobName.parse(request.getJob().getName());
    synchronized (catalog) {
      Optional<Job> found = catalog.job(name);
      if (found.isEmpty() && !request.getAllowMissing()) {
        throw Calls.notFound(name.toString());
      }
      found.ifPresent(current -> checkEtag(current, request.getJob().getEtag()));
      Job.Builder wanted = request.getJob().toBuilder();
      found.ifPresent(
          current ->
              wanted
                  .setUid(current.getUid())
                  .setCreateTime(current.getCreateTime())
                  .setCreator(current.getCreator())
                  .setGeneration(current.getGeneration())
                  .setExecutionCount(current.getExecutionCount())
                  .setLatestCreatedExecution(current.getLatestCreatedExecution()));
      return save(name, wanted.build(), request.getValidateOnly());
    }
  }

  Operation delete(DeleteJobRequest request) {
    JobName name = JobName.parse(request.getName());
    synchronized (catalog) {
      Job job = catalog.requireJob(name);
      checkEtag(job, request.getEtag());
      if (catalog.executions(name).stream().anyMatch(e -> !e.hasCompletionTime())) {
        throw Status.FAILED_PRECONDITION
            .withDescription(
                "Job '%s' has executions under way. Cancel them first.".formatted(name.job()))
            .asRuntimeException();
      }
      if (!request.getValidateOnly()) {
        catalog.removeJob(name);
      }
      return done(name, job.toBuilder().setDeleteTime(conditions.now()).build());
    }
  }

  /** ABORTED when {@code etag} is given and not the current one. */
  static void checkEtag(Job current, String etag) {
    if (!etag.isEmpty() && !etag.equals(current.getEtag())) {
      throw Status.ABORTED
          .withDescription(
              "Conflict for resource '%s': version '%s' was specified but current version is '%s'."
                  .formatted(ServiceName.lastPart(current.getName()), etag, current.getEtag()))
          .asRuntimeException();
    }
  }

  private Operation save(JobName name, Job wanted, boolean validateOnly) {
    check(name, wanted);
    Condition ready = conditions.of(Conditions.READY, State.CONDITION_SUCCEEDED, "");
    Job next =
        wanted.toBuilder()
            .setTemplate(fill(wanted.getTemplate()))
            .setGeneration(wanted.getGeneration() + 1)
            .setObservedGeneration(wanted.getGeneration() + 1)
            .setEtag(ids.etag())
            .setUpdateTime(conditions.now())
            .setLastModifier(USER)
            .setLaunchStage(
                wanted.getLaunchStage() == LaunchStage.LAUNCH_STAGE_UNSPECIFIED
                    ? LaunchStage.GA
                    : wanted.getLaunchStage())
            .setTerminalCondition(ready)
            .clearConditions()
            .build();
    if (!validateOnly) {
      catalog.save(next);
    }
    return done(name, next);
  }

  private static void check(JobName name, Job job) {
    if (!NAME.matcher(name.job()).matches()) {
      throw Calls.invalid(
          ("Violation in job_id '%s': it must begin with a letter, hold only lower-case letters,"
                  + " digits and hyphens, not end with a hyphen, and have at most 63 characters.")
              .formatted(name.job()));
    }
    TaskTemplate task = job.getTemplate().getTemplate();
    if (task.getContainersCount() != 1 || task.getContainers(0).getImage().isEmpty()) {
      throw Calls.invalid(
          "Violation in job.template.template.containers: a job runs one container, with an image.");
    }
  }

  private static ExecutionTemplate fill(ExecutionTemplate template) {
    ExecutionTemplate.Builder filled = template.toBuilder();
    if (template.getTaskCount() == 0) {
      filled.setTaskCount(1);
    }
    TaskTemplate.Builder task = filled.getTemplateBuilder();
    if (!task.hasMaxRetries()) {
      task.setMaxRetries(RETRIES);
    }
    if (!task.hasTimeout()) {
      task.setTimeout(Duration.newBuilder().setSeconds(TIMEOUT_SECONDS));
    }
    Container.Builder container = task.getContainersBuilder(0);
    if (!container.getResources().containsLimits("cpu")) {
      container.getResourcesBuilder().putLimits("cpu", "1000m");
    }
    if (!container.getResources().containsLimits("memory")) {
      container.getResourcesBuilder().putLimits("memory", "512Mi");
    }
    return filled.build();
  }

  private Operation done(JobName name, Job job) {
    String operation = name.operation(ids.uuid().toString());
    operations.begin(operation, job);
    return operations.succeed(operation, job);
  }
}
