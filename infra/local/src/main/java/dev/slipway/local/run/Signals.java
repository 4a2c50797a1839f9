package dev.slipway.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc} tells about a process's signals. */
final class Signals {

  private static final int TERM = 15;
  private static final String CAUGHT = "SigCgt:";

  private Signals() {}

  /** Whether a process has a handler for SIGTERM; where that cannot be told, it has. */
  static boolean handlesTerm(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith(CAUGHT)) {
          long mask = Long.parseUnsignedLong(line.substring(CAUGHT.length()).trim(), 16);
          return (mask & (1L << (TERM - 1))) != 0;
        }
      }
      return true;
    } catch (IOException unknown) {
      return true;
    }
  }
}
