package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.Environments;
import dev.slipway.cli.environment.FakeConsole;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.console.ask.Event;
import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FollowTest {

  private static final Instant BEGIN = Instant.parse("2026-01-02T10:00:00Z");

  @TempDir Path folder;

  private final ReleaseId id =
      ReleaseId.of(new ServiceName("hello"), new Upload("uploads", "hello.crate", 7));
  private final String path = "/api/releases/" + id;
  private final StringWriter out = new StringWriter();
  private FakeConsole console;

  @BeforeEach
  void start() throws IOException {
    console = new FakeConsole();
    console.answers("/api/stream", 200, "event: listening\n\n");
  }

  @AfterEach
  void stop() {
    console.close();
  }

  /** What the console says of the release: it was received, and then this. */
  private String release(ReleaseEvent... since) {
    ReleaseEvent received =
        new ReleaseEvent.Received(
            new Source(
                new Upload("uploads", "hello.crate", 7),
                "ab".repeat(32),
                100,
                new StoredObject("s", "a", 1)),
            new Crate(
                new ServiceName("hello"), "hello", "1.0.0", "2021", Optional.empty(),
                Optional.empty(), "hello", Optional.empty(), 1, "", List.of(),
                CrateSettings.DEFAULT),
            List.of());
    Release release = Release.begin(id, received, BEGIN);
    List<Event> events = new ArrayList<>(List.of(new Event(1, BEGIN, "slipway", received)));
    for (ReleaseEvent event : since) {
      release = release.on(event, BEGIN);
      events.add(new Event(events.size() + 1, BEGIN, "slipway", event));
    }
    JsonArray all = new JsonArray();
    events.forEach(event -> all.add(Json.tree(event, Event.class)));
    return "{\"release\":%s,\"events\":%s,\"commands\":[]}"
        .formatted(Json.write(release, Release.class), all);
  }

  private int follow(Clock clock) throws IOException {
    Path file = folder.resolve("environments.yaml");
    Files.writeString(
        file,
        """
        environments:
          ours: {console: "%s", bucket: our-uploads, project: ours, identity: none}
        """
            .formatted(console.address()));
    Surroundings surroundings =
        new Surroundings(Map.of(Environments.CONFIG, file.toString()), folder, false);
    PrintWriter writer = new PrintWriter(out);
    try (Environment ours = new Environments(surroundings).open("ours", folder)) {
      return new Follow(ours, new Screen(writer, writer, surroundings, false), clock)
          .toRest(id, Optional.empty());
    } finally {
      writer.flush();
    }
  }

  @Test
  void aConsoleThatIsAwayForAMomentIsAskedAgainAndNothingIsToldTwice() throws IOException {
    console.answersOnce(path, 200, release());
    console.answersOnce(path, 503, "{\"error\":\"it is deployed anew\"}");
    console.answersOnce(path, 503, "{\"error\":\"it is deployed anew\"}");
    console.answers(path, 200, release(new ReleaseEvent.Cancelled("a mistake")));

    int exit = follow(Clock.fixed(BEGIN, ZoneOffset.UTC));

    assertThat(exit).isEqualTo(Exit.ENDED_BADLY);
    assertThat(out.toString())
        .containsOnlyOnce("Received hello.crate")
        .containsOnlyOnce("The console does not answer; looking again for 30 s: ")
        .containsSubsequence("The console answers again.", id + " is cancelled.")
        .contains("slipway explain " + id + " --env ours");
  }

  @Test
  void aConsoleThatStaysAwayEndsTheWatch() {
    console.answersOnce(path, 200, release());
    console.answers(path, 503, "{\"error\":\"it is gone\"}");

    assertThatThrownBy(() -> follow(new Ahead(Duration.ofSeconds(10))))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("it is gone");
  }

  @Test
  void aConsoleThatNeverAnsweredIsNotWaitedFor() {
    console.close();

    assertThatThrownBy(() -> follow(Clock.fixed(BEGIN, ZoneOffset.UTC)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nobody answers there. Does what served it, as 'slipway up', still run?");
    assertThat(out.toString()).isEmpty();
  }

  /** A clock that goes ahead each time it is looked at. */
  private static final class Ahead extends Clock {

    private final Duration step;
    private Instant now = BEGIN;

    Ahead(Duration step) {
      this.step = step;
    }

    @Override
    public Instant instant() {
      now = now.plus(step);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
