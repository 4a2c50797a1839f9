package dev.slipway.cli.release;

import java.util.List;

/** Draws numbers with blocks. */
final class Bars {

  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final int WIDTH = 16;
  private static final int MOST = 30;

  private Bars() {}

  /** A block a number, the lowest for the least of them and the full one for the greatest. */
  static String spark(List<Long> numbers) {
    List<Long> last = numbers.subList(Math.max(0, numbers.size() - MOST), numbers.size());
    long least = last.stream().mapToLong(n -> n).min().orElse(0);
    long span = Math.max(1, last.stream().mapToLong(n -> n).max().orElse(0) - least);
    StringBuilder blocks = new StringBuilder();
    for (long number : last) {
      blocks.append(LEVELS.charAt((int) ((number - least) * (LEVELS.length() - 1) / span)));
    }
    return blocks.toString();
  }

  /** A bar as long as the number is large, beginning at zero. */
  static String bar(long number, long largest) {
    long blocks = Math.round((double) number * WIDTH / Math.max(1, largest));
    return "█".repeat(Math.clamp(blocks, number > 0 ? 1 : 0, WIDTH));
  }
}
