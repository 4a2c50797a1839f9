package dev.slipway.release;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write and read them. */
public final class ByteSize {

  /** What a size must look like, in words. */
  public static final String FORM = "a size such as 500kB, 30MB or 20MiB";

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9})(\\.[0-9]{1,3})? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);

  /** Below this, in bytes, a change is no share worth naming. */
  private static final long LITTLE = 10_000;

  private ByteSize() {}

  /** Reads a size such as {@code 27.5MB}; empty when it is none. */
  public static Optional<Long> parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String number = matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2));
    long unit = UNITS.getOrDefault(matcher.group(3), 1L);
    return Optional.of(Math.round(Double.parseDouble(number) * unit));
  }

  /** As it is written in a document, exactly: {@code 64MiB}, {@code 30MB}, {@code 1001}. */
  public static String written(long bytes) {
    for (String unit : new String[] {"GiB", "GB", "MiB", "MB", "KiB", "kB"}) {
      long size = UNITS.getOrDefault(unit, 1L);
      if (bytes >= size && bytes % size == 0) {
        return bytes / size + unit;
      }
    }
    return Long.toString(bytes);
  }

  /** In millions of bytes: {@code 27.50 MB}. */
  public static String shown(long bytes) {
    return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
  }

  /** A change of a size: {@code +0.04 MB (+1.2 %)}; of little, {@code +37 bytes}. */
  public static String growth(long bytes, double percent) {
    return Math.abs(bytes) < LITTLE
        ? String.format(Locale.ROOT, "%+,d byte%s", bytes, Math.abs(bytes) == 1 ? "" : "s")
        : String.format(Locale.ROOT, "%+.2f MB (%+.1f %%)", bytes / 1e6, percent);
  }
}
