package dev.slipway.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows the story as it happens: on a terminal the line of a release grows in place, elsewhere
 * every stage has a line of its own.
 */
final class Display {

  private static final String ERASE_LINE = "\r\033[2K";
  private static final String BOLD = "\033[1m";
  private static final String GREEN = "\033[32m";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final PrintWriter out;
  private final boolean live;
  private final boolean colour;
  private String line = "";

  /**
   * Shows on {@code out}.
   *
   * @param live whether lines may be redrawn
   * @param colour whether escape codes for colour may be used
   */
  Display(PrintWriter out, boolean live, boolean colour) {
    this.out = out;
    this.live = live;
    this.colour = colour;
  }

  void chapter(String title) {
    out.println();
    out.println(colour ? BOLD + title + PLAIN : title);
  }

  void say(String text) {
    out.println("  " + text);
    out.flush();
  }

  void check(boolean holds, String what) {
    String mark = holds ? "ok  " : "FAIL";
    String painted = colour ? (holds ? GREEN : RED) + mark + PLAIN : mark;
    say(painted + "  " + what);
  }

  /** Begins the line of a release. */
  void begin(String subject) {
    line = "  " + subject;
    if (!live) {
      out.println(line);
    }
    redraw(Duration.ZERO);
  }

  /** Adds a stage to it. */
  void stage(String stage, Duration sinceBegin) {
    if (!live) {
      out.printf(Locale.ROOT, "    %5.1f s  %s%n", sinceBegin.toMillis() / 1000.0, stage);
      out.flush();
      return;
    }
    line += " > " + stage;
    redraw(sinceBegin);
  }

  /** Shows that time passes. */
  void tick(Duration sinceBegin) {
    redraw(sinceBegin);
  }

  void end() {
    if (live) {
      out.println();
    }
    out.flush();
  }

  private void redraw(Duration sinceBegin) {
    if (live) {
      out.printf(Locale.ROOT, "%s%s  %.1f s", ERASE_LINE, line, sinceBegin.toMillis() / 1000.0);
      out.flush();
    }
  }
}
