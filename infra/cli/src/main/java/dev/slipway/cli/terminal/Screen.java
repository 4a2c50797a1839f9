package dev.slipway.cli.terminal;

import com.google.gson.JsonElement;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The one door through which a command writes: text that is harmless, coloured where that is
 * wanted, or JSON and nothing else.
 */
public final class Screen {

  /** To the line's begin, and clears it. */
  private static final String OVER = "\r\u001B[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Surroundings surroundings;
  private final boolean json;
  private boolean drawn;

  /**
   * Writes to two writers.
   *
   * @param out for what was asked for
   * @param err for what is said besides, and for what went wrong
   * @param json whether JSON was asked for
   */
  public Screen(PrintWriter out, PrintWriter err, Surroundings surroundings, boolean json) {
    this.out = out;
    this.err = err;
    this.surroundings = surroundings;
    this.json = json;
  }

  /** That of a command. */
  public static Screen of(CommandSpec spec, boolean json) {
    return new Screen(
        spec.commandLine().getOut(), spec.commandLine().getErr(), Surroundings.of(spec), json);
  }

  public boolean isJson() {
    return json;
  }

  /** Whether somebody looks on. */
  public boolean isLive() {
    return surroundings.terminal() && !json;
  }

  /** Columns there are. */
  public int width() {
    return surroundings.width();
  }

  /** One line; nothing where JSON was asked for. */
  public void line(Line line) {
    if (!json) {
      wipe();
      out.println(surroundings.colours() ? line.coloured() : line.plain());
      out.flush();
    }
  }

  /** One line, whatever breaks there are in it. */
  public void line(String text) {
    line(Line.of(text));
  }

  public void lines(List<Line> lines) {
    lines.forEach(this::line);
  }

  /** A table: whole, but for a terminal that is too narrow for it. */
  public void table(Table table) {
    lines(isLive() ? table.lines(width()) : table.lines());
  }

  /** Text of several lines, each after an indent. */
  public void text(String indent, String text) {
    Plain.lines(text).forEach(line -> line(indent + line));
  }

  /** An answer as JSON, on a line of its own. */
  public void json(JsonElement answer) {
    out.println(Ascii.of(answer));
    out.flush();
  }

  /** What is said besides: warnings, hints, progress. Also where JSON was asked for. */
  public void note(String text) {
    wipe();
    Plain.message(text).forEach(err::println);
    err.flush();
  }

  /** A line that the next one takes the place of; nothing where nobody looks on. */
  public void draw(Line line) {
    if (isLive()) {
      String text = line.plain();
      int end = text.offsetByCodePoints(0, Math.min(line.length(), width() - 1));
      err.print(OVER + text.substring(0, end));
      err.flush();
      drawn = true;
    }
  }

  private void wipe() {
    if (drawn) {
      err.print(OVER);
      err.flush();
      drawn = false;
    }
  }
}
