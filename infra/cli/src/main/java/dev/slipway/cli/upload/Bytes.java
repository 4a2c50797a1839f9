package dev.slipway.cli.upload;

import java.util.Locale;

/** Numbers of bytes as people read them: {@code 812 B}, {@code 4.2 kB}, {@code 31.0 MB}. */
public final class Bytes {

  private static final double STEP = 1000;

  private Bytes() {}

  public static String shown(long bytes) {
    if (bytes < STEP) {
      return bytes + " B";
    }
    return bytes < STEP * STEP
        ? String.format(Locale.ROOT, "%.1f kB", bytes / STEP)
        : String.format(Locale.ROOT, "%.1f MB", bytes / (STEP * STEP));
  }
}
