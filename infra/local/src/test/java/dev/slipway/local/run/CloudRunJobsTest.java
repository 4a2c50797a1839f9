package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionReference.CompletionStatus;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.JobName;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.protobuf.Duration;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and their executions, through Google's clients. */
final class CloudRunJobsTest {

  private static final String JOB = JobName.format("laptop", "europe-west1", "migrate");

  @TempDir Path folder;
  private RunCloud cloud;
  private String image;

  @BeforeEach
  void open() throws Exception {
    cloud = new RunCloud(folder);
    image = cloud.images.pushServer("registry/app");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private Job.Builder job(int retries, String... env) {
    Container.Builder container = Container.newBuilder().setImage(image);
    for (String variable : env) {
      String[] parts = variable.split("=", 2);
      container.addEnv(EnvVar.newBuilder().setName(parts[0]).setValue(parts[1]));
    }
    return Job.newBuilder()
        .setTemplate(
            ExecutionTemplate.newBuilder()
                .setTemplate(
                    TaskTemplate.newBuilder().setMaxRetries(retries).addContainers(container)));
  }

  private Job create(Job.Builder job) throws Exception {
    return cloud.jobs.createJobAsync(RunCloud.PARENT, job.build(), "migrate").get();
  }

  private Execution ended(String execution) {
    for (int i = 0; i < 500; i++) {
      Execution found = cloud.executions.getExecution(execution);
      if (found.hasCompletionTime()) {
        return found;
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError(execution + " does not end");
  }

  @Test
  void aJobRunsItsContainerToTheEnd() throws Exception {
    create(job(0, "EXIT=0"));

    Execution execution = cloud.jobs.runJobAsync(JOB).get();

    assertThat(execution.getSucceededCount()).isEqualTo(1);
    assertThat(execution.getConditionsList())
        .extracting(Condition::getType, Condition::getState)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Completed", State.CONDITION_SUCCEEDED));
    Job job = cloud.jobs.getJob(JOB);
    assertThat(job.getExecutionCount()).isEqualTo(1);
    assertThat(job.getLatestCreatedExecution().getName()).isEqualTo(execution.getName());
    assertThat(job.getLatestCreatedExecution().getCompletionStatus())
        .isEqualTo(CompletionStatus.EXECUTION_SUCCEEDED);
  }

  @Test
  void aTaskThatFailsIsTriedAgainAsOftenAsItMayAndThenFailsItsExecution() throws Exception {
    create(job(2, "EXIT=3"));

    assertThatThrownBy(() -> cloud.jobs.runJobAsync(JOB).get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("task0 failed")
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("asked to exit");

    Execution execution =
        cloud.executions.getExecution(
            cloud.jobs.getJob(JOB).getLatestCreatedExecution().getName());
    assertThat(execution.getRetriedCount()).isEqualTo(2);
    assertThat(execution.getFailedCount()).isEqualTo(1);
    assertThat(execution.getConditions(0).getExecutionReason())
        .isEqualTo(Condition.ExecutionReason.NON_ZERO_EXIT_CODE);
  }

  @Test
  void everyTaskOfAnExecutionRunsNoMoreAtOnceThanItsParallelism() throws Exception {
    Job.Builder job = job(0, "EXIT=0");
    job.getTemplateBuilder().setTaskCount(5).setParallelism(2);
    create(job);

    Execution execution = cloud.jobs.runJobAsync(JOB).get();

    assertThat(execution.getSucceededCount()).isEqualTo(5);
    assertThat(execution.getRunningCount()).isZero();
  }

  @Test
  void aTaskThatTakesTooLongIsEnded() throws Exception {
    Job.Builder job = job(0, "SLOW_START=60000");
    job.getTemplateBuilder()
        .getTemplateBuilder()
        .setTimeout(Duration.newBuilder().setSeconds(1));
    create(job);

    assertThatThrownBy(() -> cloud.jobs.runJobAsync(JOB).get())
        .hasMessageContaining("maximum timeout of 1 seconds");
  }

  @Test
  void anExecutionCanBeCancelledAndThenDeleted() throws Exception {
    create(job(3, "SLOW_START=60000"));
    String name =
        cloud.jobs.runJobAsync(JOB).getMetadata().get().getName();

    assertThatThrownBy(() -> cloud.executions.deleteExecutionAsync(name).get())
        .hasCauseInstanceOf(FailedPreconditionException.class);
    cloud.executions.cancelExecutionAsync(name).get();

    Execution execution = ended(name);
    assertThat(execution.getCancelledCount()).isEqualTo(1);
    assertThat(execution.getConditions(0).getExecutionReason())
        .isEqualTo(Condition.ExecutionReason.CANCELLED);
    cloud.executions.deleteExecutionAsync(name).get();
    assertThatThrownBy(() -> cloud.executions.getExecution(name))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aTokenNamesTheExecutionANewJobBeginsWith() throws Exception {
    Job.Builder job = job(0, "EXIT=0").setStartExecutionToken("once");
    create(job);

    Execution execution = ended(JOB + "/executions/migrate-once");

    assertThat(execution.getSucceededCount()).isEqualTo(1);
    assertThat(cloud.executions.listExecutions(JOB).iterateAll()).hasSize(1);
    assertThatThrownBy(() -> create(job)).hasCauseInstanceOf(AlreadyExistsException.class);
  }

  @Test
  void argumentsAndEnvironmentCanBeReplacedForOneExecution() throws Exception {
    create(job(0, "EXIT=1"));
    RunJobRequest request =
        RunJobRequest.newBuilder()
            .setName(JOB)
            .setOverrides(
                RunJobRequest.Overrides.newBuilder()
                    .addContainerOverrides(
                        RunJobRequest.Overrides.ContainerOverride.newBuilder()
                            .addEnv(EnvVar.newBuilder().setName("EXIT").setValue("0"))))
            .build();

    Execution execution = cloud.jobs.runJobAsync(request).get();

    assertThat(execution.getSucceededCount()).isEqualTo(1);
  }

  @Test
  void whatATaskPrintsIsInItsLog() throws Exception {
    create(job(0, "EXIT=0"));

    Execution execution = cloud.jobs.runJobAsync(JOB).get();

    String id = execution.getName().substring(execution.getName().lastIndexOf('/') + 1);
    assertThat(cloud.run.log(id)).contains("asked to exit");
    assertThat(cloud.run.logEntries())
        .anySatisfy(
            entry -> {
              assertThat(entry.getResource().getType()).isEqualTo("cloud_run_job");
              assertThat(entry.getResource().getLabelsOrThrow("job_name")).isEqualTo("migrate");
              assertThat(entry.getLabelsOrThrow("run.googleapis.com/execution_name"))
                  .isEqualTo(id);
            });
  }

  @Test
  void whatCannotBeAJobIsRefusedBeforeAnythingIsMade() {
    assertThatThrownBy(
            () ->
                cloud
                    .jobs
                    .createJobAsync(RunCloud.PARENT, Job.getDefaultInstance(), "migrate")
                    .get())
        .hasCauseInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () -> cloud.jobs.createJobAsync(RunCloud.PARENT, job(0).build(), "Bad_Name").get())
        .hasCauseInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> cloud.jobs.getJob(JOB)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aJobThatIsOnlyValidatedIsNotMade() throws Exception {
    CreateJobRequest request =
        CreateJobRequest.newBuilder()
            .setParent(RunCloud.PARENT.toString())
            .setJobId("migrate")
            .setJob(job(0))
            .setValidateOnly(true)
            .build();

    cloud.jobs.createJobAsync(request).get();

    assertThat(cloud.jobs.listJobs(RunCloud.PARENT).iterateAll()).isEmpty();
  }

  @Test
  void aStaleEtagIsRefused() throws Exception {
    Job made = create(job(0, "EXIT=0"));
    cloud.jobs.updateJobAsync(made).get();

    assertThatThrownBy(() -> cloud.jobs.updateJobAsync(made).get())
        .hasCauseInstanceOf(AbortedException.class);
  }

  @Test
  void anExecutionUnderWayIsBegunAgainAfterARestart() throws Exception {
    create(job(0, "SLOW_START=60000"));
    String name = cloud.jobs.runJobAsync(JOB).getMetadata().get().getName();
    cloud.close();

    cloud = new RunCloud(folder);

    assertThat(cloud.executions.getExecution(name).hasCompletionTime()).isFalse();
    cloud.executions.cancelExecutionAsync(name).get();
    assertThat(ended(name).getCancelledCount()).isEqualTo(1);
  }
}
