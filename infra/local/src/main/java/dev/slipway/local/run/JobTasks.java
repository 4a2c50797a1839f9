package dev.slipway.local.run;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.TaskTemplate;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.run.StartupWatch.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs the tasks of executions, each as one process. */
final class JobTasks {

  private final Launches launches;
  private final Launcher launcher;
  private final RevisionLogs logs;
  private final Timing timing;
  private final Map<String, Set<Running>> underWay = new ConcurrentHashMap<>();

  JobTasks(Launches launches, Launcher launcher, RevisionLogs logs, Timing timing) {
    this.launches = launches;
    this.launcher = launcher;
    this.logs = logs;
    this.timing = timing;
  }

  /**
   * One attempt at one task.
   *
   * @param index from 0
   * @param attempt from 0
   */
  record Attempt(Execution execution, int index, int attempt) {

    private Launches.Owner owner() {
      JobName job = JobName.ofExecution(execution.getName());
      String id = ServiceName.lastPart(execution.getName());
      Map<String, String> env = new LinkedHashMap<>();
      env.put("CLOUD_RUN_JOB", job.job());
      env.put("CLOUD_RUN_EXECUTION", id);
      env.put("CLOUD_RUN_TASK_INDEX", Integer.toString(index));
      env.put("CLOUD_RUN_TASK_COUNT", Integer.toString(execution.getTaskCount()));
      env.put("CLOUD_RUN_TASK_ATTEMPT", Integer.toString(attempt));
      return new Launches.Owner(id, job.project(), env, 0);
    }
  }

  /** Starts it; {@code done} is told once why it failed, or nothing when it did not. */
  void begin(Attempt attempt, Consumer<Optional<String>> done) {
    timing.scheduler().soon(() -> start(attempt, done));
  }

  private void start(Attempt attempt, Consumer<Optional<String>> done) {
    Execution execution = attempt.execution();
    TaskTemplate task = execution.getTemplate();
    Running running;
    try {
      running =
          launcher.launch(
              launches
                  .prepare(task.getContainers(0), attempt.owner(), logs.writer(execution.getName()))
                  .launch());
    } catch (ImageException | Launches.SecretMissing e) {
      done.accept(Optional.of(String.valueOf(e.getMessage())));
      return;
    } catch (IOException e) {
      done.accept(Optional.of("The container could not be started: " + e.getMessage()));
      return;
    }
    Set<Running> all =
        underWay.computeIfAbsent(execution.getName(), name -> ConcurrentHashMap.newKeySet());
    all.add(running);
    Duration timeout = Duration.ofSeconds(task.getTimeout().getSeconds());
    Late late = new Late(running);
    timing.scheduler().schedule(timeout, late);
    var unused =
        running
            .exit()
            .thenAccept(
                code ->
                    timing
                        .scheduler()
                        .soon(
                            () -> {
                              all.remove(running);
                              done.accept(problem(execution.getName(), code, late, timeout));
                            }));
  }

  /** Ends a task that takes longer than it may. */
  private static final class Late implements Runnable {
    private final Running running;
    private volatile boolean came;

    Late(Running running) {
      this.running = running;
    }

    @Override
    public void run() {
      if (!running.exit().isDone()) {
        came = true;
        running.kill();
      }
    }
  }

  private Optional<String> problem(String execution, int code, Late late, Duration timeout) {
    if (late.came) {
      return Optional.of(
          "Terminating task because it has reached the maximum timeout of %d seconds."
              .formatted(timeout.toSeconds()));
    }
    if (code == 0) {
      return Optional.empty();
    }
    List<String> tail = logs.tail(ServiceName.lastPart(execution));
    return Optional.of(
        "The container exited with an error, exit code %d.%s"
            .formatted(
                code, tail.isEmpty() ? "" : " Its last output:\n" + String.join("\n", tail)));
  }

  /** Ends what runs for an execution. */
  void cancel(String execution) {
    underWay.getOrDefault(execution, Set.of()).forEach(Running::kill);
  }
}
