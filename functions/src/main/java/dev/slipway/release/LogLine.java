package dev.slipway.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the signs of trouble out of a line a revision, or Cloud Run for it, logged. */
public final class LogLine {

  /** {@code thread 'main' (17) panicked at src/main.rs:10:5:}; the quoted message is the old form. */
  private static final Pattern PANIC =
      Pattern.compile(
          "thread '[^']*'(?: \\(\\d+\\))? panicked at (?:'(.*)', )?([^\\s']+?):\\d+(?::\\d+)?:?(?:\\s|$)");

  private static final Pattern EXIT = Pattern.compile("Container called exit\\((-?\\d+)\\)");
  private static final Pattern KILLED =
      Pattern.compile("(?:Uncaught signal: |Container terminated on signal )(\\d+)");
  private static final Pattern MEMORY =
      Pattern.compile("Memory limit of \\S+(?: \\S+)? exceeded");

  /** A library's source: {@code .../registry/src/INDEX/tokio-1.38.0/src/x.rs}. */
  private static final Pattern LIBRARY =
      Pattern.compile(".*/registry/src/[^/]+/(.+?)-\\d+\\.[^/]*/(.*)");

  /** The standard library's: {@code /rustc/HASH/library/core/src/x.rs}. */
  private static final Pattern STANDARD = Pattern.compile("/rustc/[0-9a-f]+/library/(.*)");

  private static final int MAX_LINE = 300;

  private LogLine() {}

  /** What the line tells of; empty for one that tells of no trouble. */
  public static Optional<Signal> signal(String line) {
    Matcher panic = PANIC.matcher(line);
    if (panic.find()) {
      String message = panic.group(1) == null ? "" : " " + withoutNumbers(panic.group(1));
      return signal(Signal.Kind.PANIC, file(panic.group(2)) + message, line);
    }
    if (MEMORY.matcher(line).find()) {
      return signal(Signal.Kind.OUT_OF_MEMORY, "memory", line);
    }
    Matcher exit = EXIT.matcher(line);
    if (exit.find()) {
      return exit.group(1).equals("0")
          ? Optional.empty()
          : signal(Signal.Kind.EXIT, exit.group(1), line);
    }
    Matcher killed = KILLED.matcher(line);
    return killed.find()
        ? signal(Signal.Kind.EXIT, "signal " + killed.group(1), line)
        : Optional.empty();
  }

  private static Optional<Signal> signal(Signal.Kind kind, String fingerprint, String line) {
    String first = line.lines().findFirst().orElse("").strip();
    String shown = first.length() > MAX_LINE ? first.substring(0, MAX_LINE) + "..." : first;
    return Optional.of(new Signal(kind, fingerprint, shown, 1));
  }

  /** The file without what changes from version to version: lines, hashes, where it was built. */
  private static String file(String path) {
    Matcher library = LIBRARY.matcher(path);
    if (library.matches()) {
      return library.group(1) + "/" + library.group(2);
    }
    Matcher standard = STANDARD.matcher(path);
    return standard.matches() ? standard.group(1) : path;
  }

  private static String withoutNumbers(String message) {
    return message.replaceAll("0x[0-9a-fA-F]+|\\d+", "N");
  }
}
