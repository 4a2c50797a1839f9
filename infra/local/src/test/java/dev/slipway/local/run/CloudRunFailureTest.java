package dev.slipway.local.run;

import static dev.slipway.local.run.RunCloud.template;
import static dev.slipway.local.run.RunCloud.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.EnvVarSource;
import com.google.cloud.run.v2.HTTPGetAction;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.SecretKeySelector;
import com.google.cloud.run.v2.Service;
import dev.slipway.local.server.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions that do not become ready, and what is said about them. */
final class CloudRunFailureTest {

  @TempDir Path folder;
  private RunCloud cloud;
  private String image;

  @BeforeEach
  void open() throws Exception {
    cloud =
        new RunCloud(folder, RunSettings.defaults().withWrongAddress(Duration.ofMillis(300)));
    image = cloud.images.pushServer("registry/app");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private void failsToDeploy(Service service, RevisionTemplate.Builder template, String... words) {
    assertThatThrownBy(
            () -> cloud.update(service.toBuilder().setTemplate(template).build(), "template"))
        .hasMessageContainingAll(words);
  }

  @Test
  void aProcessThatEndsFailsItsRevisionAtOnceAndTheServiceServesAsBefore() {
    Service service = cloud.create("bad", template(image).setRevision("bad-a"));

    assertThatThrownBy(
            () ->
                cloud.update(
                    service.toBuilder()
                        .setTemplate(template(image, "EXIT=7").setRevision("bad-b"))
                        .build(),
                    "template"))
        .isInstanceOf(FailedPreconditionException.class)
        .hasMessageContaining("Revision 'bad-b' is not ready and cannot serve traffic.")
        .hasMessageContaining("ended with exit code 7")
        .hasMessageContaining("thread 'main' panicked: asked to exit");

    Service after = cloud.services.getService(service.getName());
    assertThat(after.getTerminalCondition().getState()).isEqualTo(State.CONDITION_FAILED);
    assertThat(after.getTerminalCondition().getMessage()).contains("exit code 7");
    assertThat(after.getReconciling()).isFalse();
    assertThat(after.getGeneration()).isEqualTo(2);
    assertThat(after.getObservedGeneration()).isEqualTo(1);
    assertThat(after.getLatestReadyRevision()).endsWith("/bad-a");
    assertThat(after.getLatestCreatedRevision()).endsWith("/bad-b");
    assertThat(after.getTrafficStatusesList()).isEqualTo(service.getTrafficStatusesList());
    assertThat(cloud.get(service.getUri()).body()).isEqualTo("bad-a");
    Revision revision = cloud.revisions.getRevision(after.getLatestCreatedRevision());
    assertThat(revision.getConditionsList())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.getState()).isEqualTo(State.CONDITION_FAILED);
              assertThat(ready.getRevisionReason())
                  .isEqualTo(Condition.RevisionReason.HEALTH_CHECK_CONTAINER_ERROR);
              assertThat(ready.getMessage())
                  .startsWith("The process ")
                  .contains("failed to start and listen on the port defined provided by the PORT=");
            });
  }

  @Test
  void trafficToAFailedRevisionIsRefusedAndTrafficAwayFromItTaken() {
    Service service = cloud.create("away", template(image).setRevision("away-a"));
    failsToDeploy(service, template(image, "EXIT=1").setRevision("away-b"), "exit code 1");

    assertThatThrownBy(() -> cloud.traffic(service, to("away-b", 100, "")))
        .isInstanceOf(FailedPreconditionException.class)
        .hasMessageContaining("'away-b' is not ready");
    assertThat(cloud.get(service.getUri()).body()).isEqualTo("away-a");

    Service back = cloud.traffic(service, to("away-a", 100, ""));
    assertThat(back.getTerminalCondition().getState()).isEqualTo(State.CONDITION_SUCCEEDED);
    assertThat(back.getObservedGeneration()).isEqualTo(back.getGeneration());
  }

  @Test
  void aProcessOnAnotherPortIsToldWhereItListens() {
    int port = Ports.free();
    Service service = cloud.create("port", template(image));

    failsToDeploy(
        service,
        template(image, "FIXED_PORT=" + port),
        "listens on 0.0.0.0:" + port + ", not on 0.0.0.0:$PORT");
  }

  @Test
  void aProcessOnLoopbackOnlyIsFailedAsCloudRunWould() {
    Service service = cloud.create("loop", template(image));

    failsToDeploy(
        service, template(image, "BIND=127.0.0.1"), "listens on 127.0.0.1:", "not on 0.0.0.0:$PORT");
  }

  @Test
  void aSlowStarterIsWaitedFor() {
    Service service =
        cloud.create("slow", template(image, "SLOW_START=400").setRevision("slow-a"));

    assertThat(cloud.get(service.getUri()).body()).isEqualTo("slow-a");
  }

  @Test
  void anHttpProbeWantsAGoodAnswer() {
    Service service = cloud.create("probe", template(image));
    RevisionTemplate.Builder probed = template(image, "STATUS=500");
    probed
        .getContainersBuilder(0)
        .setStartupProbe(
            Probe.newBuilder()
                .setHttpGet(HTTPGetAction.newBuilder().setPath("/healthz"))
                .setPeriodSeconds(1)
                .setFailureThreshold(1));

    failsToDeploy(service, probed, "answered GET /healthz with 'HTTP/1.1 500");
    probed.getContainersBuilder(0).clearEnv();
    assertThat(
            cloud
                .update(service.toBuilder().setTemplate(probed).clearEtag().build(), "template")
                .getTerminalCondition()
                .getState())
        .isEqualTo(State.CONDITION_SUCCEEDED);
  }

  @Test
  void anImageThatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(() -> cloud.create("none", template("registry/none:latest")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Image 'registry/none:latest' not found.");
    Service service = cloud.services.getService(RunCloud.PARENT + "/services/none");
    assertThat(service.getLatestReadyRevision()).isEmpty();
    assertThat(service.getTrafficStatusesList()).isEmpty();
    assertThat(cloud.get(service.getUri()).statusCode()).isEqualTo(404);
  }

  @Test
  void aDamagedImageIsNotRun() throws Exception {
    cloud.images.damage();

    assertThatThrownBy(() -> cloud.create("damaged", template(image)))
        .hasMessageContaining("Tried to unpack image registry/app@sha256:");
  }

  @Test
  void aSecretBecomesAVariableAndAMissingOneIsNamed() {
    RevisionTemplate.Builder template = template(image);
    template
        .getContainersBuilder(0)
        .addEnv(
            EnvVar.newBuilder()
                .setName("TOKEN")
                .setValueSource(
                    EnvVarSource.newBuilder()
                        .setSecretKeyRef(
                            SecretKeySelector.newBuilder().setSecret("token").setVersion("3"))));

    assertThatThrownBy(() -> cloud.create("secret", template))
        .hasMessageContaining("projects/laptop/secrets/token/versions/3 was not found");
    cloud.secrets.put("projects/laptop/secrets/token/versions/3", "s3cret");
    Service service = cloud.create("secret-two", template);
    assertThat(cloud.get(service.getUri() + "/env").body()).contains("TOKEN=s3cret");
  }

  @Test
  void whatARevisionPrintsIsKeptWithTheTimeItCame() {
    Service service = cloud.create("log", template(image).setRevision("log-a"));

    assertThat(cloud.run.log("log-a")).containsPattern("(?m)^20\\S+Z hello from log-a$");
    assertThat(cloud.get(cloud.httpEndpoint() + "/run/log-a/log").body())
        .isEqualTo(cloud.run.log("log-a"));
    assertThat(service.getReconciling()).isFalse();
  }

  @Test
  void closingSendsSigtermToTheAppAndLeavesNoProcess() {
    List<ProcessHandle> others = ProcessHandle.current().descendants().toList();
    cloud.create("term", template(image, "HANDLE_TERM=1").setRevision("term-a"));
    cloud.create("deaf", template(image).setRevision("deaf-a"));
    List<ProcessHandle> ours =
        ProcessHandle.current().descendants().filter(p -> !others.contains(p)).toList();

    cloud.close();

    assertThat(cloud.run.log("term-a")).contains("got SIGTERM");
    assertThat(ours).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
  }
}
