package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionReference;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.longrunning.Operation;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Makes jobs and runs them: one task an execution, no retries, no parallel tasks. */
final class Jobs {

  static final String COMPLETED = "Completed";

  private static final Pattern PARENT = Pattern.compile("projects/[^/]+/locations/[^/]+");
  private static final Pattern ID = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  private final JobCatalog catalog;
  private final Operations operations;
  private final Ids ids;
  private final Conditions conditions;
  private final Machine machine;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /** What tasks run on. */
  record Machine(ImageStore images, Launcher launcher, RevisionLogs logs, StartupWatch.Timing timing) {}

  Jobs(
      JobCatalog catalog, Operations operations, Ids ids, Conditions conditions, Machine machine) {
    this.catalog = catalog;
    this.operations = operations;
    this.ids = ids;
    this.conditions = conditions;
    this.machine = machine;
  }

  /** What ran when the laptop cloud ended did not end well. */
  void resume() {
    for (Execution execution : catalog.allExecutions()) {
      if (!execution.hasCompletionTime()) {
        ended(execution.getName(), "the laptop cloud was stopped while it ran");
      }
    }
  }

  void close() {
    running.values().forEach(Running::kill);
  }

  Operation create(CreateJobRequest request) {
    if (!PARENT.matcher(request.getParent()).matches()) {
      throw Calls.invalid("Invalid parent '%s'.".formatted(request.getParent()));
    }
    if (!ID.matcher(request.getJobId()).matches()) {
      throw Calls.invalid("Invalid job id '%s'.".formatted(request.getJobId()));
    }
    String name = request.getParent() + "/jobs/" + request.getJobId();
    check(request.getJob().getTemplate().getTemplate());
    synchronized (catalog) {
      if (catalog.job(name).isPresent()) {
        throw Calls.alreadyExists(name);
      }
      Condition ready = conditions.of(Conditions.READY, State.CONDITION_SUCCEEDED, "");
      Job job =
          request.getJob().toBuilder()
              .setName(name)
              .setUid(ids.uuid().toString())
              .setGeneration(1)
              .setObservedGeneration(1)
              .setCreateTime(conditions.now())
              .setUpdateTime(conditions.now())
              .setTerminalCondition(ready)
              .setEtag(ids.etag())
              .build();
      if (!request.getValidateOnly()) {
        catalog.save(job);
      }
      return done(name, job);
    }
  }

  private static void check(TaskTemplate task) {
    if (task.getContainersCount() != 1 || task.getContainers(0).getImage().isEmpty()) {
      throw Calls.invalid("template.template.containers: exactly one with an image is run here.");
    }
    for (EnvVar variable : task.getContainers(0).getEnvList()) {
      if (variable.hasValueSource()) {
        throw Calls.invalid("template.template.containers.env: secrets are not read here.");
      }
    }
  }

  private Operation done(String name, Job job) {
    String operation =
        name.substring(0, name.indexOf("/jobs/")) + "/operations/" + ids.uuid();
    operations.begin(operation, job);
    return operations.succeed(operation, job);
  }

  /** ABORTED when an etag is given and not the job's. */
  Operation run(RunJobRequest request) {
    synchronized (catalog) {
      Job job = catalog.requireJob(request.getName());
      if (!request.getEtag().isEmpty() && !request.getEtag().equals(job.getEtag())) {
        throw Status.ABORTED
            .withDescription("Conflict for resource '%s'.".formatted(job.getName()))
            .asRuntimeException();
      }
      Execution execution = begun(job);
      ExecutionReference latest =
          ExecutionReference.newBuilder()
              .setName(ServiceName.lastPart(execution.getName()))
              .setCreateTime(execution.getCreateTime())
              .build();
      catalog.save(execution);
      catalog.save(
          job.toBuilder()
              .setExecutionCount(job.getExecutionCount() + 1)
              .setLatestCreatedExecution(latest)
              .setEtag(ids.etag())
              .build());
      Operation begun =
          operations.begin(
              job.getName().substring(0, job.getName().indexOf("/jobs/"))
                  + "/operations/"
                  + execution.getUid(),
              execution);
      machine.timing().scheduler().soon(() -> start(execution));
      return begun;
    }
  }

  private Execution begun(Job job) {
    String uid = ids.uuid().toString();
    String id = ServiceName.lastPart(job.getName()) + "-" + uid.substring(0, 5);
    return Execution.newBuilder()
        .setName(job.getName() + "/executions/" + id)
        .setUid(uid)
        .setJob(ServiceName.lastPart(job.getName()))
        .setCreateTime(conditions.now())
        .setStartTime(conditions.now())
        .setTaskCount(1)
        .setParallelism(1)
        .setTemplate(job.getTemplate().getTemplate())
        .setRunningCount(1)
        .setReconciling(true)
        .addConditions(
            conditions.of(COMPLETED, State.CONDITION_RECONCILING, "Waiting for execution to complete."))
        .setEtag(ids.etag())
        .build();
  }

  private void start(Execution execution) {
    String name = execution.getName();
    String id = ServiceName.lastPart(name);
    try {
      Container container = execution.getTemplate().getContainers(0);
      ImageStore.Unpacked image = machine.images().unpack(container.getImage());
      Running task = machine.launcher().launch(launch(execution, image));
      running.put(name, task);
      Duration most =
          execution.getTemplate().hasTimeout()
              ? Duration.ofSeconds(execution.getTemplate().getTimeout().getSeconds())
              : DEFAULT_TIMEOUT;
      machine.timing().scheduler().schedule(most, () -> expire(name, most));
      var unused =
          task.exit()
              .thenAccept(
                  code ->
                      machine.timing().scheduler().soon(() -> ended(name, code == 0 ? "" : said(id, code))));
    } catch (ImageException | IOException e) {
      ended(name, "The container could not be started: " + e.getMessage());
    }
  }

  private void expire(String name, Duration most) {
    Running task = running.get(name);
    if (task != null) {
      ended(name, "The task ran longer than its timeout of " + most.toSeconds() + "s.");
      task.kill();
    }
  }

  private String said(String id, int code) {
    List<String> tail = machine.logs().tail(id);
    return "Task %s-task0 failed with message: The container exited with an error. Exit code %d.%s"
        .formatted(id, code, tail.isEmpty() ? "" : " Its last output:\n" + String.join("\n", tail));
  }

  private Launcher.Launch launch(Execution execution, ImageStore.Unpacked image)
      throws IOException {
    String id = ServiceName.lastPart(execution.getName());
    Container container = execution.getTemplate().getContainers(0);
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", Startup.DEFAULT_PATH);
    env.put("HOME", "/");
    env.putAll(image.config().env());
    container.getEnvList().forEach(variable -> env.put(variable.getName(), variable.getValue()));
    env.put("CLOUD_RUN_JOB", execution.getJob());
    env.put("CLOUD_RUN_EXECUTION", id);
    env.put("CLOUD_RUN_TASK_INDEX", "0");
    env.put("CLOUD_RUN_TASK_COUNT", "1");
    env.put("CLOUD_RUN_TASK_ATTEMPT", "0");
    return new Launcher.Launch(
        id,
        image.root(),
        new ArrayList<>(Startup.command(container, image.config())),
        env,
        image.config().workingDir(),
        image.config().user(),
        0,
        machine.logs().writer(id));
  }

  /** Ends an execution, once; {@code problem} is empty when it went well. */
  private void ended(String name, String problem) {
    synchronized (catalog) {
      running.remove(name);
      Execution execution = catalog.requireExecution(name);
      if (execution.hasCompletionTime()) {
        return;
      }
      boolean well = problem.isEmpty();
      Execution over =
          execution.toBuilder()
              .setCompletionTime(conditions.now())
              .setReconciling(false)
              .setRunningCount(0)
              .setSucceededCount(well ? 1 : 0)
              .setFailedCount(well ? 0 : 1)
              .clearConditions()
              .addConditions(
                  conditions.of(
                      COMPLETED,
                      well ? State.CONDITION_SUCCEEDED : State.CONDITION_FAILED,
                      well ? "Execution completed successfully." : problem))
              .build();
      catalog.save(over);
      String operation =
          name.substring(0, name.indexOf("/jobs/")) + "/operations/" + over.getUid();
      if (well) {
        operations.succeed(operation, over);
      } else {
        operations.fail(operation, Status.ABORTED.withDescription(problem));
      }
    }
  }
}
