package dev.slipway.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines up text in columns, two spaces between them; numbers are aligned right. */
public final class Table {

  private static final String GAP = "  ";

  /** No column of text gets narrower than that. */
  private static final int LEAST = 9;

  private final List<List<Line>> rows = new ArrayList<>();

  public Table(String... headings) {
    rows.add(List.of(headings).stream().map(heading -> Line.of(Tone.FAINT, heading)).toList());
  }

  /** A row of as many cells as there are headings. */
  public void row(Line... cells) {
    rows.add(List.of(cells));
  }

  /** A row of plain text. */
  public void row(String... cells) {
    rows.add(List.of(cells).stream().map(Line::of).toList());
  }

  /** The headings, then the rows. */
  public List<Line> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /** The same, so wide at most if that can be: the widest texts are shortened, numbers are not. */
  public List<Line> lines(int width) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      widths[at] = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
      numeric[at] =
          rows.stream().skip(1).allMatch(row -> isNumber(row.get(at).plain()))
              && rows.stream().skip(1).anyMatch(row -> row.get(at).plain().matches(".*[0-9].*"));
    }
    narrow(widths, numeric, width - GAP.length() * (columns - 1));
    return rows.stream().map(row -> line(row, widths, numeric)).toList();
  }

  private static void narrow(int[] widths, boolean[] numeric, int room) {
    while (IntStream.of(widths).sum() > room) {
      int widest =
          IntStream.range(0, widths.length)
              .filter(column -> !numeric[column] && widths[column] > LEAST)
              .reduce((a, b) -> widths[b] > widths[a] ? b : a)
              .orElse(-1);
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals("-") || cell.matches("[-+]?[0-9][0-9,.]*%?");
  }

  private static Line line(List<Line> row, int[] widths, boolean[] numeric) {
    Line line = Line.of("");
    int last = row.size() - 1;
    while (last > 0 && row.get(last).length() == 0) {
      last--; // no spaces at the line's end
    }
    for (int i = 0; i <= last; i++) {
      Line cell = row.get(i).within(widths[i]);
      Line aligned = numeric[i] ? cell.right(widths[i]) : i == last ? cell : cell.padded(widths[i]);
      line = line.and(i == 0 ? "" : GAP).and(aligned);
    }
    return line;
  }
}
