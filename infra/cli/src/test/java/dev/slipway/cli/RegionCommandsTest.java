package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.environment.Environments;
import dev.slipway.cli.environment.FakeConsole;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.console.ask.Event;
import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Image;
import dev.slipway.release.Regions;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release on its way through two regions, on the command line. */
final class RegionCommandsTest {

  private static final String FIRST = "europe-west1";
  private static final String SECOND = "us-central1";
  private static final Instant BEGIN = Instant.parse("2026-01-02T10:00:00Z");

  @TempDir Path folder;

  private final Upload upload = new Upload("uploads", "hello.crate", 7);
  private final ReleaseId id = ReleaseId.of(new ServiceName("hello"), upload);
  private final List<Event> events = new ArrayList<>();
  private Release release;
  private FakeConsole console;

  @BeforeEach
  void start() throws IOException {
    console = new FakeConsole();
    walk();
    answers();
    Files.writeString(
        folder.resolve("environments.yaml"),
        """
        environments:
          ours:
            console: %s
            bucket: our-uploads
            project: ours
            identity: none
        """
            .formatted(console.address()));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private void walk() {
    Crate crate =
        new Crate(
            new ServiceName("hello"), "hello", "1.0.0", "2021", Optional.empty(), Optional.empty(),
            "hello", Optional.empty(), 1, "", List.of(), CrateSettings.DEFAULT);
    ReleaseEvent received =
        new ReleaseEvent.Received(
            new Source(upload, "ab".repeat(32), 100, new StoredObject("s", "a", 1)),
            crate,
            List.of());
    release = Release.begin(id, received, BEGIN);
    events.add(new Event(1, BEGIN, "slipway", received));
    happens(new ReleaseEvent.BuildSubmitted("b", 1));
    happens(
        new ReleaseEvent.BuildSucceeded(
            "b",
            new Image("host/hello", "sha256:ab", 100, 200, List.of()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    Regions two = new Regions(List.of(), Optional.of(FIRST), List.of(SECOND), true);
    happens(
        new ReleaseEvent.RolloutStarted(
            new Rollout(id.revision(), Optional.of("hello-old"), 1, Optional.of(two)), List.of()));
    happens(new ReleaseEvent.SmokePassed(3, 5));
    happens(new ReleaseEvent.StepReached(0, 10));
    happens(new ReleaseEvent.RegionServed(FIRST, Optional.empty()));
    happens(new ReleaseEvent.RegionEntered(SECOND, Optional.of("hello-old"), 1));
    happens(new ReleaseEvent.SmokePassed(3, 5));
    happens(new ReleaseEvent.StepReached(0, 10));
  }

  private void happens(ReleaseEvent event) {
    Instant at = BEGIN.plusSeconds(events.size());
    release = release.on(event, at);
    events.add(new Event(events.size() + 1, at, "slipway", event));
  }

  private void answers() {
    ServiceRecord service =
        new ServiceRecord(
            id.service(), Optional.empty(), Optional.empty(), Optional.of(id), 1,
            Optional.of(id), 7, List.of(), Optional.empty());
    String record = Json.write(service, ServiceRecord.class);
    String one = Json.write(release, Release.class);
    console.answers("/api/services", 200, "[" + record + "]");
    console.answers(
        "/api/services/hello",
        200,
        """
        {"service": %s, "traffic": {"uri": "https://eu.example", "shares": []}, "regions": [
          {"region": "%s", "release": "%s",
           "traffic": {"uri": "https://eu.example", "shares": [{"revision": "%s", "percent": 100}]},
           "stand": {"region": "%s", "standing": "SERVES", "percent": 100}},
          {"region": "%s", "release": "%s",
           "traffic": {"uri": "https://us.example", "shares": [
             {"revision": "hello-old", "percent": 90}, {"revision": "%s", "percent": 10}]},
           "stand": {"region": "%s", "standing": "CANARY", "percent": 10}}]}
        """
            .formatted(
                record, FIRST, id, id.revision(), FIRST, SECOND, id, id.revision(), SECOND));
    console.answers("/api/releases", 200, "[" + one + "]");
    JsonArray all = new JsonArray();
    events.forEach(event -> all.add(Json.tree(event, Event.class)));
    console.answers(
        "/api/releases/" + id,
        200,
        "{\"release\":%s,\"events\":%s,\"commands\":[]}".formatted(one, all));
  }

  private String slipway(String... args) {
    StringWriter out = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            Map.of(
                Environments.CONFIG, folder.resolve("environments.yaml").toString(),
                Environments.ENV, "ours"),
            folder,
            false);
    PrintWriter writer = new PrintWriter(out);
    assertThat(new Main(writer, writer, surroundings).run(args)).as(out.toString()).isEqualTo(Exit.DONE);
    return out.toString();
  }

  @Test
  void statusShowsEachRegionBelowItsService() {
    assertThat(slipway("status"))
        .containsSubsequence(
            "hello", "in 2 regions",
            FIRST, "https://eu.example", "100% " + id.revision(), "serves",
            SECOND, "https://us.example", "90% hello-old, 10% " + id.revision(), "canary, 10 %");

    JsonObject row =
        JsonParser.parseString(slipway("status", "--json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(row.getAsJsonArray("regions")).hasSize(2);
  }

  @Test
  void aReleaseIsShownWithWhatServesInEachRegion() {
    assertThat(slipway("release", id.toString()))
        .containsSubsequence(
            FIRST + ": serves; 100% " + id.revision(),
            SECOND + ": canary, 10 %; 90% hello-old, 10% " + id.revision());
  }

  @Test
  void explainingNamesTheRegionOfEachStep() {
    assertThat(slipway("explain", id.toString()))
        .containsSubsequence(
            "10 % of the traffic (step 1), in " + FIRST,
            "100 % of the traffic in " + FIRST,
            "Begins in " + SECOND,
            "10 % of the traffic (step 1), in " + SECOND);
  }
}
