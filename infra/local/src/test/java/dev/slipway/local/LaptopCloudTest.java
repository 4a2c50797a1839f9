package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.events.StorageEvent;
import dev.slipway.local.events.Trigger;
import dev.slipway.local.functions.FunctionCode;
import dev.slipway.local.functions.FunctionSpec;
import dev.slipway.local.functions.Signature;
import dev.slipway.local.functions.sample.Diary;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.server.Ports;
import dev.slipway.local.slack.SlackWorkspace;
import dev.slipway.local.state.StateException;
import dev.slipway.local.time.RealScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole cloud with a function in Google's own invoker. */
final class LaptopCloudTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final String SAMPLES = "dev.slipway.local.functions.sample.";
  private static final StorageEvent UPLOAD =
      new StorageEvent("uploads", "a b.crate", Instant.EPOCH, "{\"name\":\"a b.crate\"}");
  private static final String UPLOAD_TAKEN =
      " google.cloud.storage.object.v1.finalized objects/a%20b.crate uploads"
          + " {\"name\":\"a b.crate\"}";

  @TempDir Path folder;

  private final BlockingQueue<String> diary = new LinkedBlockingQueue<>();
  private HttpServer diaryServer;

  @BeforeEach
  void openDiary() throws IOException {
    diaryServer =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    diaryServer.createContext(
        "/",
        exchange -> {
          byte[] line = exchange.getRequestBody().readAllBytes();
          diary.add(new String(line, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    diaryServer.start();
  }

  @AfterEach
  void closeDiary() {
    diaryServer.stop(0);
  }

  @Test
  void anEventStartsItsFunctionAndIsRetriedUntilItIsTaken() throws Exception {
    try (LaptopCloud cloud = LaptopCloud.start(config(folder, "a", 1, NEVER))) {
      cloud.eventarc().deliver(UPLOAD);

      assertThat(nextLine()).isEqualTo("failed a" + UPLOAD_TAKEN);
      assertThat(nextLine()).isEqualTo("took a" + UPLOAD_TAKEN);
    }
  }

  @Test
  void twoCloudsInOneJvmGiveTheirFunctionsTheirOwnEnvironments() throws Exception {
    try (LaptopCloud one = LaptopCloud.start(config(folder.resolve("1"), "a", 0, NEVER));
        LaptopCloud other = LaptopCloud.start(config(folder.resolve("2"), "b", 0, NEVER))) {
      one.warmUp();
      other.warmUp();

      one.eventarc().deliver(UPLOAD);
      assertThat(nextLine()).startsWith("took a ");
      other.eventarc().deliver(UPLOAD);
      assertThat(nextLine()).startsWith("took b ");
    }
  }

  @Test
  void anEventNotTakenBeforeTheStopIsDeliveredAfterTheRestart() throws Exception {
    try (LaptopCloud cloud = LaptopCloud.start(config(folder, "a", 1_000, NEVER))) {
      cloud.eventarc().deliver(UPLOAD);
      assertThat(nextLine()).startsWith("failed a ");
    }
    diary.clear();

    try (LaptopCloud cloud = LaptopCloud.start(config(folder, "later", 0, NEVER))) {
      assertThat(nextLine()).isEqualTo("took later" + UPLOAD_TAKEN);
      assertThat(cloud.eventarc().deadLetters()).isEmpty();
    }
  }

  @Test
  void anObjectWrittenByGooglesClientReachesItsFunction() throws Exception {
    try (LaptopCloud cloud = LaptopCloud.start(config(folder, "a", 1, NEVER))) {
      Storage storage =
          StorageOptions.newBuilder()
              .setHost(cloud.endpoints().http())
              .setProjectId(LaptopCloud.PROJECT)
              .setCredentials(NoCredentials.getInstance())
              .build()
              .getService();
      storage.create(BlobInfo.newBuilder("uploads", "a b.crate").build(), new byte[] {1, 2, 3});

      assertThat(nextLine()).startsWith("failed a ").contains("\"size\"");
      assertThat(nextLine())
          .startsWith(
              "took a google.cloud.storage.object.v1.finalized objects/a%20b.crate uploads {")
          .contains("\"name\":\"a b.crate\"");
    }
  }

  @Test
  void ticksReachTheirFunctionAsMessages() throws Exception {
    try (LaptopCloud cloud =
        LaptopCloud.start(config(folder, "a", 0, Duration.ofMillis(20)))) {
      assertThat(nextLine())
          .startsWith("took a google.cloud.pubsub.topic.v1.messagePublished null null ")
          .contains("\"data\":\"e30=\"")
          .contains("\"subscription\":\"projects/laptop/subscriptions/eventarc-ticks-sub\"");
      assertThat(cloud.readyMillis()).isNotNegative();
    }
  }

  @Test
  void aFolderInUseIsRefusedAndItsCloudGoesOn() {
    try (LaptopCloud cloud = LaptopCloud.start(config(folder, "a", 0, NEVER))) {
      assertThatThrownBy(() -> LaptopCloud.start(config(folder, "b", 0, NEVER)))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another laptop cloud is using it");

      assertThat(LaptopCloud.endpointsOf(folder)).contains(cloud.endpoints());
    }
  }

  @Test
  void aCloudComesBackWhereItWasUnlessAPortIsTaken() throws Exception {
    Endpoints first = startAndStop();
    Endpoints second = startAndStop();
    Endpoints third;
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first.httpPort()));
      third = startAndStop();
    }

    assertThat(second).isEqualTo(first);
    assertThat(third.httpPort()).isNotEqualTo(first.httpPort());
    assertThat(LaptopCloud.endpointsOf(folder)).contains(third);
  }

  private Endpoints startAndStop() {
    try (LaptopCloud cloud = LaptopCloud.start(config(folder, "a", 0, NEVER))) {
      return cloud.endpoints();
    }
  }

  private String nextLine() throws InterruptedException {
    String line = diary.poll(30, TimeUnit.SECONDS);
    return line == null ? "nothing came" : line;
  }

  private CloudConfig config(Path folder, String team, int failures, Duration tick) {
    var resources =
        new CloudResources(
            List.of("uploads"),
            List.of("ticks", "dead-letter"),
            List.of(
                new Trigger("uploads", new Trigger.ObjectFinalized("uploads"), "diary"),
                new Trigger("ticks", new Trigger.MessagePublished("ticks"), "diary")),
            "ticks",
            "dead-letter",
            new SlackWorkspace("xoxb-laptop", Set.of("releases"), Set.of()));
    var function =
        new FunctionSpec(
            "diary",
            Diary.class.getName(),
            Signature.CLOUD_EVENT,
            new FunctionCode.OnClassPath(
                FunctionCode.whereabouts(Diary.class), List.of(SAMPLES), List.of()),
            Map.of(
                "TEAM", team,
                "FAILURES", Integer.toString(failures),
                "DIARY", "http://127.0.0.1:" + diaryServer.getAddress().getPort() + "/"));
    return new CloudConfig(
        folder,
        resources,
        endpoints -> List.of(function),
        new CloudConfig.Time(Clock.systemUTC(), new RealScheduler(), tick),
        CloudConfig.Delivery.laptop());
  }
}
