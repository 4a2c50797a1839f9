package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.cloud.run.v2.TaskTemplate;
import com.google.protobuf.Duration;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs, made and run by Google's own client. */
final class CloudRunJobsTest {

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

  private static Job job(String image, int timeoutSeconds, String... env) {
    Container.Builder container = Container.newBuilder().setImage(image);
    for (String variable : env) {
      String[] parts = variable.split("=", 2);
      container.addEnv(EnvVar.newBuilder().setName(parts[0]).setValue(parts[1]));
    }
    TaskTemplate.Builder task =
        TaskTemplate.newBuilder()
            .addContainers(container)
            .setTimeout(Duration.newBuilder().setSeconds(timeoutSeconds));
    return Job.newBuilder().setTemplate(ExecutionTemplate.newBuilder().setTemplate(task)).build();
  }

  private Job made(String id, Job job) {
    return RunCloud.done(() -> cloud.jobs.createJobAsync(RunCloud.PARENT, job, id).get());
  }

  private Execution only(Job job) {
    return cloud.executions.listExecutions(job.getName()).iterateAll().iterator().next();
  }

  @Test
  void aJobThatEndsWithZeroSucceeds() {
    Job made = made("migrate", job(image, 30, "EXIT=0"));

    Execution execution = RunCloud.done(() -> cloud.jobs.runJobAsync(made.getName()).get());

    assertThat(execution.getSucceededCount()).isEqualTo(1);
    assertThat(execution.getConditions(0).getState()).isEqualTo(State.CONDITION_SUCCEEDED);
    assertThat(only(made)).isEqualTo(execution);
    assertThat(cloud.executions.getExecution(execution.getName())).isEqualTo(execution);
    Job after = cloud.jobs.getJob(made.getName());
    assertThat(after.getExecutionCount()).isEqualTo(1);
    assertThat(after.getEtag()).isNotEqualTo(made.getEtag());
  }

  @Test
  void aJobThatEndsOtherwiseFailsWithItsLastWords() {
    Job made = made("migrate", job(image, 30, "EXIT=7"));

    assertThatThrownBy(() -> RunCloud.done(() -> cloud.jobs.runJobAsync(made.getName()).get()))
        .hasMessageContaining("Exit code 7")
        .hasMessageContaining("asked to exit");
    assertThat(only(made).getConditions(0).getState()).isEqualTo(State.CONDITION_FAILED);
    assertThat(only(made).getFailedCount()).isEqualTo(1);
  }

  @Test
  void aJobThatDoesNotEndIsEndedAtItsTimeout() {
    Job made = made("serve", job(image, 1, "PORT=0"));

    assertThatThrownBy(() -> RunCloud.done(() -> cloud.jobs.runJobAsync(made.getName()).get()))
        .hasMessageContaining("longer than its timeout of 1s");
  }

  @Test
  void anImageThatIsMissingFailsTheExecution() {
    Job made = made("gone", job("registry/gone", 30));

    assertThatThrownBy(() -> RunCloud.done(() -> cloud.jobs.runJobAsync(made.getName()).get()))
        .hasMessageContaining("could not be started");
  }

  @Test
  void aJobIsMadeOnceAndRunByWhoReadItLast() {
    Job made = made("migrate", job(image, 30, "EXIT=0"));
    RunJobRequest run =
        RunJobRequest.newBuilder().setName(made.getName()).setEtag(made.getEtag()).build();

    assertThatThrownBy(() -> made("migrate", job(image, 30)))
        .isInstanceOf(AlreadyExistsException.class);
    RunCloud.done(() -> cloud.jobs.runJobAsync(run).get());
    assertThatThrownBy(() -> RunCloud.done(() -> cloud.jobs.runJobAsync(run).get()))
        .isInstanceOf(AbortedException.class);
    assertThatThrownBy(() -> cloud.jobs.getJob(made.getName() + "-other"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> made("Migrate", job(image, 30)))
        .isInstanceOf(InvalidArgumentException.class);
  }
}
