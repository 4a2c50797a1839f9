package dev.slipway.cli.release;

import com.google.gson.JsonObject;
import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.environment.ConsoleApi.ReleaseView;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.console.ask.Event;
import dev.slipway.console.page.Words;
import dev.slipway.json.Json;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows one release until it comes to rest, and tells what happens. */
public final class Follow {

  private static final int SERVER_ERROR = 500;

  private static final Duration WITHOUT_END = Duration.ofDays(365);

  /** How often the line that tells of now is drawn anew. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How long a console that answered before may be away: it is deployed anew, or started again. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Bytes of a build log that surely hold its last line. */
  private static final long TAIL = 2000;

  private final Environment environment;
  private final Screen screen;
  private final Clock clock;

  public Follow(Environment environment, Screen screen, Clock clock) {
    this.environment = environment;
    this.screen = screen;
    this.clock = clock;
  }

  /** How far the telling has come. */
  private static final class Place {
    private long told;
    private final List<String> said = new ArrayList<>();
    private Optional<String> waits = Optional.empty();
    private Optional<ReleaseView> seen = Optional.empty();
    private boolean answered;
    private Optional<Instant> away = Optional.empty();
  }

  /**
   * Follows a release; one that is not there yet is waited for too, as after an upload. A console
   * that answered before and does no more is asked again for half a minute.
   *
   * @param most how long; empty for as long as it takes
   * @return the {@linkplain Exit exit code} that tells the outcome
   */
  public int toRest(ReleaseId id, Optional<Duration> most) {
    Instant end = clock.instant().plus(most.orElse(WITHOUT_END));
    Place place = new Place();
    try (Moves moves = new Moves(environment.api(), id)) {
      while (true) {
        Optional<ReleaseView> view = look(id, place);
        view.ifPresent(v -> tell(v, place));
        Optional<Integer> exit = view.flatMap(v -> Rest.of(v.release().stage()));
        if (exit.isPresent()) {
          ended(view.orElseThrow().release(), exit.get(), place);
          return exit.get();
        }
        Duration left = Duration.between(clock.instant(), end);
        if (!left.isPositive()) {
          outOfTime(id, view);
          return Exit.OUT_OF_TIME;
        }
        screen.draw(now(id, view));
        moves.await(screen.isLive() && BEAT.compareTo(left) < 0 ? BEAT : left);
      }
    }
  }

  private Optional<ReleaseView> look(ReleaseId id, Place place) {
    try {
      place.seen = find(id);
      place.answered = true;
      if (place.away.isPresent()) {
        screen.note("The console answers again.");
        place.away = Optional.empty();
      }
    } catch (Failure e) {
      outage(e, place);
    } catch (ApiFailure e) {
      if (e.status() < SERVER_ERROR) {
        throw e;
      }
      outage(e, place);
    }
    return place.seen;
  }

  /** Says so the first time; throws once it has gone on for too long. */
  private void outage(RuntimeException e, Place place) {
    Instant now = clock.instant();
    if (!place.answered || now.isAfter(place.away.orElse(now).plus(PATIENCE))) {
      throw e;
    }
    if (place.away.isEmpty()) {
      place.away = Optional.of(now);
      screen.note(
          "The console does not answer; looking again for %d s: %s"
              .formatted(PATIENCE.toSeconds(), e.getMessage()));
    }
  }

  private Optional<ReleaseView> find(ReleaseId id) {
    try {
      return Optional.of(environment.api().release(id));
    } catch (ApiFailure e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void tell(ReleaseView view, Place place) {
    for (Event event : view.events()) {
      if (event.sequence() > place.told) {
        place.told = event.sequence();
        place.said.add(Words.event(event.event()));
        if (screen.isJson()) {
          screen.json(json(view.release().id(), event));
        } else {
          screen.lines(Told.event(event));
        }
      }
    }
    Optional<String> waits = Rest.wanted(view.release(), environment.flag());
    if (!waits.equals(place.waits)) {
      waits.ifPresent(what -> screen.line(Line.of(Tone.WAITING, "          waits for " + what)));
      place.waits = waits;
    }
  }

  private static JsonObject json(ReleaseId id, Event event) {
    JsonObject object = Json.tree(event, Event.class).getAsJsonObject();
    object.addProperty("release", id.toString());
    object.addProperty("words", Words.event(event.event()));
    return object;
  }

  private Line now(ReleaseId id, Optional<ReleaseView> view) {
    return view.map(
            v ->
                Line.of("... " + Words.stage(v.release().stage()) + since(v.release()) + built(v)))
        .orElseGet(() -> Line.of("... " + id + " is not known yet"));
  }

  /** What the build says just now, where somebody looks on. */
  private String built(ReleaseView view) {
    if (!screen.isLive() || !(view.release().stage() instanceof Stage.Building)) {
      return "";
    }
    try {
      String tail = environment.api().log(view.release().id(), -TAIL).log().text();
      return tail.lines()
          .filter(line -> !line.isBlank())
          .reduce((before, line) -> line)
          .map(line -> ": " + line.strip())
          .orElse("");
    } catch (ApiFailure e) {
      return ""; // The log is an extra: the release is followed without it.
    }
  }

  private String since(Release release) {
    long seconds = Duration.between(release.since(), clock.instant()).toSeconds();
    return " for " + Math.max(0, seconds) + " s";
  }

  private void ended(Release release, int exit, Place place) {
    if (screen.isJson()) {
      JsonObject end = new JsonObject();
      end.addProperty("release", release.id().toString());
      end.add("stage", Json.tree(release.stage(), Stage.class));
      end.addProperty("exit", exit);
      screen.json(end);
      return;
    }
    screen.line(Told.standing(release).and("."));
    if (exit != Exit.DONE) {
      release
          .stage()
          .why()
          .filter(why -> place.said.stream().noneMatch(said -> said.contains(why)))
          .ifPresent(why -> screen.text("  ", why));
      screen.note("How it came to that: slipway explain " + release.id() + environment.flag());
    }
  }

  private void outOfTime(ReleaseId id, Optional<ReleaseView> view) {
    screen.note(
        "slipway: %s had not come to rest in time: %s."
            .formatted(
                id,
                view.map(v -> Words.stage(v.release().stage())).orElse("not known to the ledger")));
  }
}
