package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceName;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.Terminal;
import dev.slipway.cli.recover.Estate;
import dev.slipway.cli.recover.Restoration;
import dev.slipway.local.LaptopCloud;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Stage;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One service in two regions of the laptop cloud. */
@Needs(CARGO)
final class RegionsTest {

  private static final String SECOND = "us-central1";

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @BeforeAll
  static void start() throws IOException {
    cloud =
        TestCloud.ruled(
            folder,
            "{regions: [%s, %s], steps: [50, 100], hold: 200ms, watch: 0s, candidateDeadline: 15s, gate: {enabled: false}}"
                .formatted(LaptopCloud.REGION, SECOND));
  }

  @Test
  void aReleaseServesInBothRegionsAndOneThatFailsInTheSecondGoesBackInTheFirst() throws Exception {
    TestCrate crate = TestCrate.named("hello");

    Release first = cloud.released(crate, folder);
    Release second = cloud.released(crate.version("2.0.0"), folder);

    assertThat(second.stage()).isInstanceOf(Stage.Live.class);
    assertThat(cloud.events(second.id()))
        .contains(new ReleaseEvent.RegionServed(LaptopCloud.REGION, Optional.empty()))
        .filteredOn(ReleaseEvent.StepReached.class::isInstance)
        .as("each region's own step")
        .hasSize(2);
    assertThat(cloud.split(second.id())).isEqualTo(Map.of(second.id().revision(), 100));
    assertThat(split(second)).isEqualTo(Map.of(second.id().revision(), 100));
    assertThat(answer(second)).isEqualTo(cloud.answer(second.id())).contains("2.0.0");

    pin(first);
    Release third = cloud.released(crate.version("3.0.0"), folder);

    assertThat(third.stage())
        .isInstanceOfSatisfying(
            Stage.RolledBack.class,
            back -> assertThat(back.reason()).contains(SECOND, "not as Slipway left it"));
    assertThat(cloud.split(second.id())).isEqualTo(Map.of(second.id().revision(), 100));
    assertThat(split(second)).as("as people left it").isEqualTo(Map.of(first.id().revision(), 100));
    assertThat(cloud.get(second.id()).stage()).isInstanceOf(Stage.Live.class);
  }

  @Test
  void whatIsLostIsRestoredInEachRegion() throws Exception {
    Release live = cloud.released(TestCrate.named("phoenix"), folder);
    try (ServicesClient run = cloud.run();
        Estate estate = Estate.laptop(cloud.cloud().endpoints())) {
      for (String region : List.of(LaptopCloud.REGION, SECOND)) {
        String lost =
            ServiceName.format(LaptopCloud.PROJECT, region, live.id().service().value());
        var unused = run.deleteServiceAsync(lost).get();
      }

      List<Restoration.Result> results =
          new Restoration(estate.ledger(), estate.services(), RegionsTest::pause).restore();

      assertThat(results)
          .filteredOn(result -> result.service().startsWith("phoenix"))
          .containsExactly(
              new Restoration.Result("phoenix in europe-west1", "deployed " + live.id(), true),
              new Restoration.Result("phoenix in us-central1", "deployed " + live.id(), true));
    }
    assertThat(split(live)).isEqualTo(Map.of(live.id().revision(), 100));
    assertThat(answer(live)).isEqualTo(cloud.answer(live.id()));
  }

  @Test
  void aPlanIsCheckedByCloudRunAlsoWhereTheServiceIsStillToBeMade() throws Exception {
    TestCrate crate = TestCrate.named("planned");
    Release live = cloud.released(crate, folder);
    try (ServicesClient run = cloud.run()) {
      var unused = run.deleteServiceAsync(name(live)).get();
    }
    StringWriter said = new StringWriter();

    int exit =
        Terminal.of(folder)
            .runs(said, "plan", crate.version("2.0.0").packed(folder).toString(), "--json");

    assertThat(exit).as(said::toString).isZero();
    JsonObject plan =
        JsonParser.parseString(said.toString()).getAsJsonArray().get(0).getAsJsonObject();
    JsonObject check = plan.getAsJsonObject("check");
    assertThat(check.keySet()).as(said::toString).doesNotContain("objection", "unasked");
  }

  private static void pause() {
    try {
      boolean over = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
      assertThat(over).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(Release release) {
    return ServiceName.format(LaptopCloud.PROJECT, SECOND, release.id().service().value());
  }

  private static Service service(Release release) throws IOException {
    try (ServicesClient run = cloud.run()) {
      return run.getService(name(release));
    }
  }

  private static Map<String, Integer> split(Release release) throws IOException {
    return service(release).getTrafficStatusesList().stream()
        .filter(t -> t.getPercent() > 0)
        .collect(Collectors.toMap(t -> t.getRevision(), t -> t.getPercent(), Integer::sum));
  }

  private static String answer(Release release) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(service(release).getUri() + "/")).build(),
              BodyHandlers.ofString())
          .body()
          .strip();
    }
  }

  /** Somebody gives a release all the second region's traffic. */
  private static void pin(Release release) throws Exception {
    try (ServicesClient run = cloud.run()) {
      Service pinned =
          run.getService(name(release)).toBuilder()
              .clearTraffic()
              .addTraffic(
                  TrafficTarget.newBuilder()
                      .setType(
                          TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                      .setRevision(release.id().revision())
                      .setPercent(100))
              .build();
      var unused = run.updateServiceAsync(pinned).get();
    }
  }
}
