package dev.slipway.cli.demo;

import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.Tone;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows the story as it happens: every stage of a release has a line of its own; on a terminal the
 * time passes on a line after them.
 */
final class Display {

  private final Screen screen;

  Display(Screen screen) {
    this.screen = screen;
  }

  void chapter(String title) {
    screen.line("");
    screen.line(Line.of(Tone.STRONG, title));
  }

  void say(String text) {
    screen.text("  ", text);
  }

  void check(boolean holds, String what) {
    Line mark = holds ? Line.of(Tone.GOOD, "ok  ") : Line.of(Tone.BAD, "FAIL");
    screen.line(Line.of("  ").and(mark).and("  " + what));
  }

  /** The sum of it all. */
  void end(String text) {
    screen.line("");
    screen.line(text);
  }

  /** Begins to tell of a release. */
  void begin(String subject) {
    screen.line("  " + subject);
    tick(Duration.ZERO);
  }

  /** A stage it reached. */
  void stage(String stage, Duration sinceBegin) {
    screen.line(after(sinceBegin) + stage);
    tick(sinceBegin);
  }

  /** Shows that time passes. */
  void tick(Duration sinceBegin) {
    screen.draw(Line.of(Tone.FAINT, after(sinceBegin) + "..."));
  }

  private static String after(Duration sinceBegin) {
    return String.format(Locale.ROOT, "    %5.1f s  ", sinceBegin.toMillis() / 1000.0);
  }
}
