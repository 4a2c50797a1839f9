package dev.slipway.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What {@code /proc} tells about a process's signals. */
final class Signals {

  private static final int TERM = 15;

  /** One that is blocked waits for a thread that asks for it (signalfd, sigwait): no handler runs. */
  private static final Set<String> HANDLED = Set.of("SigCgt:", "SigBlk:");

  private static final int HEX = 16;

  private Signals() {}

  /** Whether a process handles SIGTERM; where that cannot be told, it has. */
  static boolean handlesTerm(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        String[] fields = line.split("\\s+", -1);
        if (HANDLED.contains(fields[0])
            && (Long.parseUnsignedLong(fields[1], HEX) & (1L << (TERM - 1))) != 0) {
          return true;
        }
      }
      return false;
    } catch (IOException unknown) {
      return true;
    }
  }
}
