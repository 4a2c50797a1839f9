package dev.slipway.cli.release;

import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.console.ask.Event;
import dev.slipway.console.page.Words;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How stages, events and times are written on the command line. */
final class Told {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String SLIPWAY = "slipway";

  private Told() {}

  /** {@code 10:02:03}, UTC. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /** {@code 2026-01-02 10:02:03}, UTC. */
  static String day(Instant at) {
    return DAY_AND_TIME.format(at);
  }

  static Tone tone(Stage stage) {
    return switch (Words.tone(stage)) {
      case GOOD -> Tone.GOOD;
      case BAD -> Tone.BAD;
      case WAITING -> Tone.WAITING;
      case GOING -> Tone.GOING;
      case PAST -> Tone.FAINT;
    };
  }

  /** {@code canary, 10 % of the traffic}. */
  static Line stage(Stage stage) {
    return Line.of(tone(stage), Words.stage(stage));
  }

  /** {@code hello-0123456789ab is live}. */
  static Line standing(Release release) {
    Stage stage = release.stage();
    return Line.of(Tone.STRONG, release.id().toString()).and(verb(stage)).and(stage(stage));
  }

  /** What joins a release and its stage to a sentence. */
  private static String verb(Stage stage) {
    return switch (stage) {
      case Stage.BuildFailed s -> ": ";
      case Stage.BuildLost s -> ": ";
      case Stage.Failed s -> " has ";
      default -> " is ";
    };
  }

  /** What happened: the time, the sentence, who if a person; further lines below, indented. */
  static List<Line> event(Event event) {
    return event(event, "");
  }

  /**
   * The same in one of several regions.
   *
   * @param where as {@link Words#where} says it
   */
  static List<Line> event(Event event, String where) {
    List<String> words = Plain.lines(Words.event(event.event()));
    List<Line> lines = new ArrayList<>();
    Line first = Line.of(Tone.FAINT, time(event.at())).and("  " + words.getFirst() + where);
    lines.add(
        event.actor().equals(SLIPWAY) || Words.names(words.getFirst(), event.actor()) ? first : first.and(Tone.FAINT, "  " + event.actor()));
    words.stream().skip(1).forEach(more -> lines.add(Line.of("            " + more)));
    return lines;
  }
}
