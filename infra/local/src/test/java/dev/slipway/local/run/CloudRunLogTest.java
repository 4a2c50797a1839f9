package dev.slipway.local.run;

import static dev.slipway.local.run.RunCloud.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.logging.v2.LogEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Cloud Logging is told of a revision. */
final class CloudRunLogTest {

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

  private List<LogEntry> log(String name) {
    return cloud.run.logEntries().stream()
        .filter(e -> e.getLogName().equals("projects/laptop/logs/run.googleapis.com%2F" + name))
        .toList();
  }

  private List<String> texts(String name) {
    return log(name).stream().map(LogEntry::getTextPayload).toList();
  }

  /** A log once it has something to say: a request's entry may come after its answer. */
  private List<LogEntry> awaitLog(String name, int entries) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (log(name).size() < entries && Instant.now().isBefore(end)) {
      Thread.sleep(20);
    }
    return log(name);
  }

  private List<String> awaitTexts(String name, int lines) throws InterruptedException {
    return awaitLog(name, lines).stream().map(LogEntry::getTextPayload).toList();
  }

  @Test
  void whatAProcessPrintsIsThereWithItsRevisionAndSoAreItsRequests() throws Exception {
    Service service = cloud.create("log", template(image).setRevision("log-a"));

    cloud.get(service.getUri() + "/x");

    assertThat(awaitTexts("stdout", 1)).containsExactly("hello from log-a");
    assertThat(log("stdout").getFirst().getResource().getType()).isEqualTo("cloud_run_revision");
    assertThat(log("stdout").getFirst().getResource().getLabelsMap())
        .containsEntry("project_id", "laptop")
        .containsEntry("location", "europe-west1")
        .containsEntry("service_name", "log")
        .containsEntry("revision_name", "log-a");
    assertThat(awaitLog("requests", 1))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.getHttpRequest().getStatus()).isEqualTo(200);
              assertThat(e.getHttpRequest().getRequestUrl()).endsWith("/x");
              assertThat(e.getHttpRequest().getUserAgent()).startsWith("Java-http-client");
            });
  }

  @Test
  void aProcessThatEndsByItselfIsToldOfInCloudRunsWords() throws Exception {
    Service service = cloud.create("log", template(image).setRevision("log-a"));

    cloud.get(service.getUri() + "/crash");

    assertThat(awaitTexts("varlog%2Fsystem", 1)).containsExactly("Container called exit(3).");
  }

  @Test
  void aProcessThatEndsBecauseItIsToldToIsNot() throws Exception {
    cloud.close();
    cloud = new RunCloud(folder, RunSettings.defaults().withIdle(Duration.ofMillis(50)));
    image = cloud.images.pushServer("registry/app");
    Service service =
        cloud.create("log", template(image, "HANDLE_TERM=1").setRevision("log-a"));
    cloud.get(service.getUri());

    assertThat(awaitTexts("stdout", 2)).contains("got SIGTERM");

    assertThat(texts("varlog%2Fsystem")).isEmpty();
  }

  @Test
  void aPanicOfAThreadIsAmongWhatIsPrinted() throws Exception {
    Service service = cloud.create("log", template(image).setRevision("log-a"));

    cloud.get(service.getUri() + "/panic");

    assertThat(awaitTexts("stdout", 3)).anyMatch(t -> t.matches("thread .* panicked at .*server.rs:.*"));
  }

  @Test
  void aProcessThatTakesTooMuchMemoryIsEndedAndToldOf() throws Exception {
    Container.Builder small =
        Container.newBuilder()
            .setImage(image)
            .addEnv(EnvVar.newBuilder().setName("SMALL").setValue("1"));
    small.getResourcesBuilder().putLimits("memory", "64Mi").putLimits("cpu", "1");
    Service service =
        cloud.create(
            "log", RevisionTemplate.newBuilder().addContainers(small).setRevision("log-a"));

    int status = cloud.get(service.getUri() + "/eat").statusCode();

    assertThat(status).isEqualTo(503);
    assertThat(awaitTexts("varlog%2Fsystem", 1))
        .singleElement()
        .asString()
        .matches("Memory limit of 64 MiB exceeded with \\d+ MiB used\\. .*");
  }

  @Test
  void quantitiesOfMemoryAreReadAsKubernetesWritesThem() {
    assertThat(MemoryWatch.bytes("512Mi")).isEqualTo(512L << 20);
    assertThat(MemoryWatch.bytes("1G")).isEqualTo(1_000_000_000);
    assertThat(MemoryWatch.bytes("300")).isEqualTo(300);
    assertThat(MemoryWatch.bytes("much")).isEqualTo(Long.MAX_VALUE);
  }
}
