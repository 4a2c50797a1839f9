package dev.slipway.local.run;

import static dev.slipway.local.run.RunCloud.latest;
import static dev.slipway.local.run.RunCloud.template;
import static dev.slipway.local.run.RunCloud.to;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.run.v2.Service;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How requests are split between revisions, and what becomes of them on the way. */
final class CloudRunTrafficTest {

  @TempDir Path folder;
  private RunCloud cloud;
  private String image;

  @BeforeEach
  void open() throws Exception {
    cloud = new RunCloud(folder, RunSettings.defaults().withIdle(Duration.ofMillis(100)));
    image = cloud.images.pushServer("registry/app");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private Service two(String name) {
    Service service = cloud.create(name, template(image).setRevision(name + "-a"));
    return cloud.update(
        service.toBuilder()
            .setTemplate(template(image).setRevision(name + "-b"))
            .clearTraffic()
            .addTraffic(to(name + "-a", 100, ""))
            .addTraffic(to(name + "-b", 0, "next"))
            .build());
  }

  @Test
  void requestsAreSplitByTheWeights() {
    Service service = two("split");

    Service split = cloud.traffic(service, to("split-a", 90, ""), to("split-b", 10, ""));

    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      seen.merge(cloud.get(split.getUri()).body(), 1, Integer::sum);
    }
    assertThat(seen).containsExactly(Map.entry("split-a", 45), Map.entry("split-b", 5));
  }

  @Test
  void aTagHasAUrlOfItsOwnThatFollowsTheTag() {
    Service service = two("tag");

    String tag = service.getTrafficStatuses(1).getUri();
    assertThat(cloud.get(tag).body()).isEqualTo("tag-b");
    assertThat(cloud.get(service.getUri()).body()).isEqualTo("tag-a");

    Service moved = cloud.traffic(service, to("tag-a", 100, "next"));
    assertThat(moved.getTrafficStatuses(0).getUri()).isEqualTo(tag);
    assertThat(cloud.get(tag).body()).isEqualTo("tag-a");

    cloud.traffic(service, to("tag-b", 100, ""));
    assertThat(cloud.get(tag).statusCode()).isEqualTo(404);
    assertThatThrownBy(() -> cloud.get(tag)).hasMessageContaining("ConnectException");
  }

  @Test
  void aLatestTargetFollowsEachNewRevision() {
    Service service = cloud.create("follow", template(image).setRevision("follow-a"));

    Service next =
        cloud.update(
            service.toBuilder().setTemplate(template(image).setRevision("follow-b")).build(),
            "template");

    assertThat(next.getTrafficList()).containsExactly(latest(100));
    assertThat(cloud.get(next.getUri()).body()).isEqualTo("follow-b");
  }

  @Test
  void trafficThatDoesNotAddUpIsRefused() {
    Service service = two("sum");
    List<List<com.google.cloud.run.v2.TrafficTarget>> wrong =
        List.of(
            List.of(to("sum-a", 90, "")),
            List.of(to("sum-a", 60, ""), to("sum-b", 60, "")),
            List.of(to("sum-a", 100, "x"), to("sum-b", 0, "x")),
            List.of(to("sum-a", 100, "X")),
            List.of(to("sum-a", 100, "t".repeat(44))),
            List.of(to("sum-none", 100, "")));

    for (var targets : wrong) {
      assertThatThrownBy(
              () ->
                  cloud.update(
                      service.toBuilder().clearTraffic().addAllTraffic(targets).build(), "traffic"))
          .as("%s", targets)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("traffic");
    }
    assertThat(cloud.services.getService(service.getName())).isEqualTo(service);
  }

  /** Instances are stopped after 100 ms without a request, so starts and stops are in it too. */
  @Test
  void notOneRequestFailsThroughAHundredChangesOfTraffic() throws Exception {
    Service service = two("steady");
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    Map<String, Boolean> seen = new ConcurrentHashMap<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String path = List.of("/", "/close", "/sleep/20", "/").get(i);
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!enough.get()) {
                      try {
                        var response = cloud.get(service.getUri() + path);
                        seen.put(response.body(), true);
                        served.incrementAndGet();
                        if (response.statusCode() != 200) {
                          failures.add(response.statusCode() + " " + response.body());
                        }
                      } catch (IllegalStateException e) {
                        failures.add(e.toString());
                      }
                    }
                  }));
    }

    Service now = service;
    for (int change = 1; change <= 100; change++) {
      int percent = change * 37 % 101;
      if (change % 20 == 0) {
        String fresh = "steady-r" + change;
        now =
            cloud.update(
                now.toBuilder()
                    .setTemplate(template(image).setRevision(fresh))
                    .clearTraffic()
                    .addTraffic(to("steady-a", 100, ""))
                    .addTraffic(to(fresh, 0, "candidate"))
                    .build(),
                "template",
                "traffic");
      } else {
        now =
            cloud.traffic(
                now, to("steady-a", 100 - percent, ""), to("steady-b", percent, "other"));
      }
    }
    enough.set(true);
    for (Thread client : clients) {
      client.join();
    }

    assertThat(failures).isEmpty();
    assertThat(served.get()).isGreaterThan(1000);
    assertThat(seen.keySet()).contains("steady-a", "steady-b");
    System.out.println("requests served through a hundred traffic changes: " + served);
  }

  @Test
  void theRevisionSeesWhoAskedAndForWhichHost() {
    Service service = cloud.create("head", template(image));

    String head = cloud.get(service.getUri() + "/head?a=%2F1").body();

    assertThat(head)
        .startsWith("GET /head?a=%2F1 HTTP/1.1")
        .contains("Host: " + URI.create(service.getUri()).getAuthority())
        .containsIgnoringCase("X-Forwarded-For: 127.0.0.1")
        .containsIgnoringCase("X-Forwarded-Proto: http");
  }

  @Test
  void bodiesOfAnyLengthPassBothWays() throws Exception {
    Service service = cloud.create("body", template(image));
    byte[] large = "0123456789abcdef".repeat(200_000).getBytes(UTF_8);

    for (var publisher :
        List.of(
            BodyPublishers.ofByteArray(large),
            BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))) {
      var response =
          cloud.http.send(
              HttpRequest.newBuilder(URI.create(service.getUri() + "/echo"))
                  .POST(publisher)
                  .build(),
              BodyHandlers.ofByteArray());

      assertThat(response.body()).isEqualTo(large);
    }
  }

  @Test
  void anEventArrivesWhileTheResponseGoesOn() throws Exception {
    Service service = cloud.create("events", template(image));

    var response =
        cloud.http.send(
            HttpRequest.newBuilder(URI.create(service.getUri() + "/events")).build(),
            BodyHandlers.ofInputStream());

    try (InputStream events = response.body()) {
      assertThat(events.readNBytes(9)).asString(UTF_8).isEqualTo("data: 1\n\n");
    }
  }

  @Test
  void anUpgradedConnectionIsPassedThrough() throws Exception {
    Service service = cloud.create("up", template(image));
    URI uri = URI.create(service.getUri());

    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /upgrade HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
                  .getBytes(UTF_8));
      byte[] head = new byte[12];
      socket.getInputStream().readNBytes(head, 0, 12);
      assertThat(new String(head, UTF_8)).isEqualTo("HTTP/1.1 101");
      while (!new String(head, UTF_8).endsWith("\r\n\r\n")) {
        System.arraycopy(head, 1, head, 0, 11);
        head[11] = (byte) socket.getInputStream().read();
      }
      for (String word : List.of("one", "another")) {
        socket.getOutputStream().write(word.getBytes(UTF_8));
        assertThat(socket.getInputStream().readNBytes(word.length()))
            .asString(UTF_8)
            .isEqualTo(word);
      }
    }
  }

  @Test
  void aRequestOverItsTimeIsAnsweredWith504() {
    Service service =
        cloud.create(
            "slow",
            template(image)
                .setTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(1)));

    assertThat(cloud.get(service.getUri() + "/sleep/30000").statusCode()).isEqualTo(504);
    assertThat(cloud.get(service.getUri()).statusCode()).isEqualTo(200);
  }

  @Test
  void aCrashCostsItsOwnRequestOnly() {
    Service service = cloud.create("crash", template(image).setRevision("crash-a"));

    assertThat(cloud.get(service.getUri() + "/crash").statusCode()).isEqualTo(503);

    assertThat(cloud.get(service.getUri()).body()).isEqualTo("crash-a");
  }

  @Test
  void requestsAreCountedByRevisionAndStatus() {
    Instant before = Instant.now().minusSeconds(1);
    Service service =
        cloud.create("count", template(image, "STATUS=500").setRevision("count-a"));

    for (int i = 0; i < 3; i++) {
      cloud.get(service.getUri());
    }

    assertThat(cloud.run.metrics().read(before, Instant.now().plusSeconds(1)))
        .allSatisfy(
            sample -> {
              assertThat(sample.service()).isEqualTo("count");
              assertThat(sample.revision()).isEqualTo("count-a");
              assertThat(sample.responseCode()).isEqualTo(500);
              assertThat(sample.latencies().stream().mapToLong(n -> n).sum())
                  .isEqualTo(sample.count());
            })
        .extracting(RequestMetrics.Sample::count)
        .satisfies(
            counts -> assertThat(counts.stream().mapToLong(n -> n).sum()).isEqualTo(3));
  }
}
