package dev.slipway.cli.terminal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Text made harmless for a terminal: its orders to terminals are dropped, control characters, and
 * those by which text shows as something it is not, are written as {@code \u001B}.
 */
public final class Plain {

  /** What programs colour their output with, and other orders: CSI, OSC and their like. */
  private static final Pattern ORDERS =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?)");

  private static final int INVISIBLE_PLANE = 0xE0000;
  private static final int INVISIBLE_PLANE_END = 0xE0FFF;

  private Plain() {}

  /** The text as one line: its line breaks and tabs are spaces. */
  public static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    without(text).replaceAll("\\R|\t", " ").codePoints().forEach(c -> to(out, c));
    return out.toString();
  }

  /** The text's lines, each harmless. */
  public static List<String> lines(String text) {
    return without(text).lines().map(Plain::line).toList();
  }

  /** The lines of a message; all but the first are indented, so that none looks like another. */
  public static List<String> message(String text) {
    List<String> lines = lines(text);
    return IntStream.range(0, lines.size())
        .mapToObj(i -> i == 0 ? lines.get(i) : "  " + lines.get(i))
        .toList();
  }

  /** Without its orders to terminals. */
  private static String without(String text) {
    return ORDERS.matcher(text).replaceAll("");
  }

  private static void to(StringBuilder out, int c) {
    if (Character.isISOControl(c) || deceives(c)) {
      out.append(c > 0xFFFF ? "\\u{%X}".formatted(c) : "\\u%04X".formatted(c));
    } else {
      out.appendCodePoint(c);
    }
  }

  /** Turns the direction of writing, breaks lines, joins, or cannot be seen at all. */
  private static boolean deceives(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || (c >= INVISIBLE_PLANE && c <= INVISIBLE_PLANE_END);
  }
}
