package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of a build log a person needs: the first error whole, with its file and line, and how
 * the log ends.
 */
final class CompilerExcerpt {

  static final int MAX_BYTES = 4096;

  private static final String GAP = "...";
  private static final int MAX_LINE = 300;
  private static final int MAX_BLOCK_LINES = 40;
  private static final int BLOCK_BYTES = 2800;

  private static final Pattern ANSI =
      Pattern.compile(
          "\u001B(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)|[@-Z\\\\-_])");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\n\\t]]");

  /** What Cloud Build and BuildKit put before each line. */
  private static final Pattern PREFIX =
      Pattern.compile("^(Step #\\d+( - \"[^\"]*\")?: ?)?(#\\d+ (\\d+\\.\\d+ ?)?)?");

  private static final Pattern ERROR =
      Pattern.compile("^\\s*error(\\[E\\d+])?: .*|^thread '.*' .*panicked at .*");

  /** Lines that only say that something failed, which the reader knows. */
  private static final Pattern NOISE =
      Pattern.compile(
          "^(ERROR: (failed to solve|failed to build|build step|process \"|'cargo \\w+' failed with exit code).*|ERROR"
              + "|Finished Step.*|DONE \\d.*|CACHED|-{6,})$");

  /** Where BuildKit begins to say everything once more. */
  private static final Pattern SUMMARY = Pattern.compile("^ ?> \\[.*");

  private CompilerExcerpt() {}

  /**
   * Cuts an excerpt out of a log, or the end of one.
   *
   * @return at most {@link #MAX_BYTES} bytes of UTF-8, without colours and without secrets
   */
  static String of(String log) {
    List<String> lines = lines(log);
    int first = firstError(lines);
    if (first < 0) {
      return String.join("\n", last(lines, 0, MAX_BYTES));
    }
    List<String> excerpt = block(lines, first);
    int after = first + excerpt.size();
    int room = MAX_BYTES - size(excerpt) - GAP.length() - 1;
    List<String> end = last(lines, after, room);
    if (end.size() < lines.size() - after && !end.isEmpty()) {
      excerpt.add(GAP);
    }
    excerpt.addAll(end);
    return String.join("\n", excerpt);
  }

  /** Whether the log holds an error of the compiler, of cargo or of a test. */
  static boolean hasError(String log) {
    return firstError(lines(log)) >= 0;
  }

  private static List<String> lines(String log) {
    String plain = ANSI.matcher(log.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
    String safe = CONTROL.matcher(plain).replaceAll("");
    String bare =
        safe.lines()
            .map(line -> PREFIX.matcher(line).replaceFirst("").stripTrailing())
            .reduce(new StringBuilder(), (b, l) -> b.append(l).append('\n'), StringBuilder::append)
            .toString();
    return Secrets.mask(bare)
        .lines()
        .takeWhile(line -> !SUMMARY.matcher(line).matches())
        .filter(line -> !NOISE.matcher(line).matches())
        .map(CompilerExcerpt::shortened)
        .toList();
  }

  private static int firstError(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (ERROR.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  /** From the first error to the blank line after it. */
  private static List<String> block(List<String> lines, int first) {
    List<String> block = new ArrayList<>();
    for (String line : lines.subList(first, lines.size())) {
      boolean full = block.size() >= MAX_BLOCK_LINES || size(block) + bytes(line) > BLOCK_BYTES;
      if (full || (line.isBlank() && !block.isEmpty())) {
        break;
      }
      block.add(line);
    }
    return block;
  }

  /** As many of the last lines as there is room for, none before {@code from}, none blank. */
  private static List<String> last(List<String> lines, int from, int room) {
    List<String> last = new ArrayList<>();
    int left = room;
    for (int i = lines.size() - 1; i >= from; i--) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      left -= bytes(line) + 1;
      if (left < 0) {
        break;
      }
      last.addFirst(line);
    }
    return last;
  }

  private static String shortened(String line) {
    return line.codePointCount(0, line.length()) <= MAX_LINE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_LINE)) + GAP;
  }

  private static int size(List<String> lines) {
    return lines.stream().mapToInt(line -> bytes(line) + 1).sum();
  }

  private static int bytes(String line) {
    return line.getBytes(UTF_8).length;
  }
}
