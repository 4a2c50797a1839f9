package dev.slipway.local.run;

import com.google.cloud.run.v2.CancelExecutionRequest;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.ExecutionReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.DeleteExecutionRequest;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionReference;
import com.google.cloud.run.v2.ExecutionReference.CompletionStatus;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.longrunning.Operation;
import dev.slipway.local.operations.Operations;
import io.grpc.Status;
import java.util.Optional;

/**
 * Runs jobs: an execution's tasks as far as its parallelism allows, each again as often as its
 * template says. What was under way when the cloud stopped is begun again.
 */
final class JobExecutions {

  private static final String COMPLETED = "Completed";

  private final JobCatalog catalog;
  private final Operations operations;
  private final Ids ids;
  private final Conditions conditions;
  private final JobTasks tasks;

  JobExecutions(
      JobCatalog catalog, Operations operations, Ids ids, Conditions conditions, JobTasks tasks) {
    this.catalog = catalog;
    this.operations = operations;
    this.ids = ids;
    this.conditions = conditions;
    this.tasks = tasks;
  }

  void resume() {
    catalog.allExecutions().stream()
        .filter(execution -> !execution.hasCompletionTime())
        .forEach(
            execution ->
                begin(
                    execution.toBuilder()
                        .setRetriedCount(execution.getRetriedCount() + execution.getRunningCount())
                        .setRunningCount(0)
                        .build()));
  }

  Operation run(RunJobRequest request) {
    JobName name = JobName.parse(request.getName());
    synchronized (catalog) {
      Job job = catalog.requireJob(name);
      JobChanges.checkEtag(job, request.getEtag());
      Execution execution = execution(name, job, request.getOverrides());
      if (request.getValidateOnly()) {
        String operation = name.operation(ids.uuid().toString());
        operations.begin(operation, execution);
        return operations.succeed(operation, execution);
      }
      return begin(name, job, execution);
    }
  }

  /**
   * Begins the execution a new job asks for by its token, which ends the execution's name.
   *
   * @return false when such an execution is there already
   */
  boolean begin(Job job, String token) {
    JobName name = JobName.parse(job.getName());
    synchronized (catalog) {
      Execution execution =
          execution(name, job, RunJobRequest.Overrides.getDefaultInstance()).toBuilder()
              .setName(name.execution(token))
              .build();
      if (catalog.execution(execution.getName()).isPresent()) {
        return false;
      }
      begin(name, job, execution);
      return true;
    }
  }

  private Operation begin(JobName name, Job job, Execution execution) {
    catalog.save(
        job.toBuilder()
            .setExecutionCount(job.getExecutionCount() + 1)
            .setLatestCreatedExecution(
                ExecutionReference.newBuilder()
                    .setName(execution.getName())
                    .setCreateTime(execution.getCreateTime())
                    .setCompletionStatus(CompletionStatus.EXECUTION_RUNNING))
            .build());
    catalog.save(execution);
    Operation operation = operations.begin(operation(name, execution), execution);
    begin(execution);
    return operation;
  }

  private static String operation(JobName name, Execution execution) {
    return name.operation(execution.getUid());
  }

  private Execution execution(JobName name, Job job, RunJobRequest.Overrides overrides) {
    ExecutionTemplate template = job.getTemplate();
    Execution.Builder execution =
        Execution.newBuilder()
            .setUid(ids.uuid().toString())
            .setName(name.execution(ids.uuid().toString().substring(0, 5)))
            .setJob(name.job())
            .setGeneration(1)
            .putAllLabels(template.getLabelsMap())
            .putAllAnnotations(template.getAnnotationsMap())
            .setCreator(job.getLastModifier())
            .setCreateTime(conditions.now())
            .setUpdateTime(conditions.now())
            .setLaunchStage(job.getLaunchStage())
            .setParallelism(template.getParallelism())
            .setTaskCount(
                overrides.getTaskCount() > 0 ? overrides.getTaskCount() : template.getTaskCount())
            .setTemplate(template.getTemplate())
            .setReconciling(true)
            .addConditions(
                conditions.of(COMPLETED, State.CONDITION_RECONCILING, "Waiting for execution."))
            .setEtag(ids.etag());
    if (overrides.hasTimeout()) {
      execution.getTemplateBuilder().setTimeout(overrides.getTimeout());
    }
    Container.Builder container = execution.getTemplateBuilder().getContainersBuilder(0);
    for (RunJobRequest.Overrides.ContainerOverride override :
        overrides.getContainerOverridesList()) {
      if (override.getArgsCount() > 0 || override.getClearArgs()) {
        container.clearArgs().addAllArgs(override.getArgsList());
      }
      container.addAllEnv(override.getEnvList());
    }
    return execution.build();
  }

  /** Starts as many of its tasks as may run at once. */
  private void begin(Execution execution) {
    synchronized (catalog) {
      Execution.Builder started = execution.toBuilder().setStartTime(conditions.now());
      int first = ended(execution);
      int most = execution.getParallelism() > 0 ? execution.getParallelism() : Integer.MAX_VALUE;
      int count = Math.min(most, execution.getTaskCount() - first);
      Execution running = started.setRunningCount(count).build();
      catalog.save(running);
      for (int i = 0; i < count; i++) {
        attempt(running, first + i, 0);
      }
    }
  }

  private static int ended(Execution execution) {
    return execution.getSucceededCount()
        + execution.getFailedCount()
        + execution.getCancelledCount();
  }

  private void attempt(Execution execution, int index, int attempt) {
    tasks.begin(
        new JobTasks.Attempt(execution, index, attempt),
        problem -> ended(execution.getName(), index, attempt, problem));
  }

  private void ended(String name, int index, int attempt, Optional<String> problem) {
    synchronized (catalog) {
      Execution execution = catalog.execution(name).orElse(null);
      if (execution == null || execution.hasCompletionTime()) {
        return;
      }
      if (problem.isPresent() && attempt < execution.getTemplate().getMaxRetries()) {
        Execution again =
            execution.toBuilder().setRetriedCount(execution.getRetriedCount() + 1).build();
        catalog.save(again);
        attempt(again, index, attempt + 1);
        return;
      }
      Execution.Builder next = execution.toBuilder();
      if (problem.isPresent()) {
        next.setFailedCount(execution.getFailedCount() + 1);
      } else {
        next.setSucceededCount(execution.getSucceededCount() + 1);
      }
      int started = ended(execution) + execution.getRunningCount();
      boolean more = problem.isEmpty() && started < execution.getTaskCount();
      next.setRunningCount(execution.getRunningCount() - (more ? 0 : 1));
      if (more) {
        catalog.save(next.build());
        attempt(next.build(), started, 0);
      } else if (problem.isPresent()) {
        tasks.cancel(name);
        complete(next.build(), failed(next.build(), index, problem.get()));
      } else if (next.getRunningCount() == 0) {
        complete(
            next.build(),
            conditions.of(COMPLETED, State.CONDITION_SUCCEEDED, "Execution completed successfully."));
      } else {
        catalog.save(next.build());
      }
    }
  }

  private Condition failed(Execution execution, int index, String problem) {
    return conditions
        .of(
            COMPLETED,
            State.CONDITION_FAILED,
            "Task %s-task%d failed with message: %s"
                .formatted(ServiceName.lastPart(execution.getName()), index, problem))
        .toBuilder()
        .setExecutionReason(ExecutionReason.NON_ZERO_EXIT_CODE)
        .build();
  }

  private void complete(Execution execution, Condition completed) {
    Execution done =
        execution.toBuilder()
            .setRunningCount(0)
            .setReconciling(false)
            .setObservedGeneration(execution.getGeneration())
            .setCompletionTime(conditions.now())
            .setUpdateTime(conditions.now())
            .clearConditions()
            .addConditions(completed)
            .build();
    catalog.save(done);
    JobName name = JobName.ofExecution(done.getName());
    catalog.job(name).ifPresent(job -> catalog.save(latest(job, done, completed)));
    if (completed.getState() == State.CONDITION_SUCCEEDED) {
      operations.succeed(operation(name, done), done);
    } else {
      operations.fail(
          operation(name, done),
          (completed.getExecutionReason() == ExecutionReason.CANCELLED
                  ? Status.CANCELLED
                  : Status.UNKNOWN)
              .withDescription(completed.getMessage()));
    }
  }

  private static Job latest(Job job, Execution done, Condition completed) {
    if (!job.getLatestCreatedExecution().getName().equals(done.getName())) {
      return job;
    }
    CompletionStatus status =
        completed.getState() == State.CONDITION_SUCCEEDED
            ? CompletionStatus.EXECUTION_SUCCEEDED
            : completed.getExecutionReason() == ExecutionReason.CANCELLED
                ? CompletionStatus.EXECUTION_CANCELLED
                : CompletionStatus.EXECUTION_FAILED;
    return job.toBuilder()
        .setLatestCreatedExecution(
            job.getLatestCreatedExecution().toBuilder()
                .setCompletionTime(done.getCompletionTime())
                .setCompletionStatus(status))
        .build();
  }

  Operation cancel(CancelExecutionRequest request) {
    JobName name = JobName.ofExecution(request.getName());
    synchronized (catalog) {
      Execution execution = catalog.requireExecution(request.getName());
      if (!execution.hasCompletionTime()) {
        tasks.cancel(execution.getName());
        complete(
            execution.toBuilder()
                .setCancelledCount(execution.getTaskCount() - ended(execution))
                .build(),
            conditions
                .of(COMPLETED, State.CONDITION_FAILED, "The execution was cancelled.")
                .toBuilder()
                .setExecutionReason(ExecutionReason.CANCELLED)
                .build());
      }
      return done(name, catalog.requireExecution(request.getName()));
    }
  }

  /** FAILED_PRECONDITION while it runs. */
  Operation delete(DeleteExecutionRequest request) {
    JobName name = JobName.ofExecution(request.getName());
    synchronized (catalog) {
      Execution execution = catalog.requireExecution(request.getName());
      if (!execution.hasCompletionTime()) {
        throw Status.FAILED_PRECONDITION
            .withDescription(
                "Execution '%s' is under way. Cancel it first."
                    .formatted(ServiceName.lastPart(execution.getName())))
            .asRuntimeException();
      }
      catalog.removeExecution(execution.getName());
      return done(name, execution.toBuilder().setDeleteTime(conditions.now()).build());
    }
  }

  private Operation done(JobName name, Execution execution) {
    String operation = name.operation(ids.uuid().toString());
    operations.begin(operation, execution);
    return operations.succeed(operation, execution);
  }
}
