package dev.slipway.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of output: pieces of text, each with its tone. The text may be anybody's; it is made
 * harmless here, and colours are added to it only by the {@link Screen}.
 */
public final class Line {

  private record Piece(Tone tone, String text) {}

  private final List<Piece> pieces;

  private Line(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /** A line of one piece. */
  public static Line of(Tone tone, String text) {
    return new Line(List.of(new Piece(tone, Plain.line(text))));
  }

  public static Line of(String text) {
    return of(Tone.PLAIN, text);
  }

  /** This line with a piece after it. */
  public Line and(Tone tone, String text) {
    return and(of(tone, text));
  }

  public Line and(String text) {
    return and(Tone.PLAIN, text);
  }

  public Line and(Line other) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(other.pieces);
    return new Line(all);
  }

  /** How many columns it takes. */
  public int length() {
    return plain().codePointCount(0, plain().length());
  }

  /** This line, with spaces after it, that wide at least. */
  public Line padded(int width) {
    return and(" ".repeat(Math.max(0, width - length())));
  }

  /** This line, with spaces before it, that wide at least. */
  public Line right(int width) {
    return of(" ".repeat(Math.max(0, width - length()))).and(this);
  }

  /** This line, so wide at most: what stands in its middle gives way to an ellipsis. */
  public Line within(int width) {
    int over = length() - width;
    if (over <= 0) {
      return this;
    }
    int head = width / 2;
    return cut(0, head).and("…").and(cut(head + over + 1, length()));
  }

  /** Some of its columns, in their tones. */
  private Line cut(int from, int to) {
    List<Piece> cut = new ArrayList<>();
    int at = 0;
    for (Piece piece : pieces) {
      int[] points = piece.text().codePoints().toArray();
      int begin = Math.clamp(from - at, 0, points.length);
      int end = Math.clamp(to - at, begin, points.length);
      cut.add(new Piece(piece.tone(), new String(points, begin, end - begin)));
      at += points.length;
    }
    return new Line(cut);
  }

  /** Its text without any tone. */
  public String plain() {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  String coloured() {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.tone().colour(piece.text())));
    return text.toString();
  }

  @Override
  public String toString() {
    return plain();
  }
}
