package dev.slipway.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and numbers as people read them. */
final class Shown {

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Shown() {}

  /** {@code 3 Jan 2026, 09:05:00}, in UTC; machines read it to the second. */
  static Tag time(Instant at) {
    return Html.el("time", DAY_AND_TIME.format(at))
        .set("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** {@code 8.2 s}, {@code 4 min 05 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
  static String span(Duration span) {
    if (span.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
    if (span.compareTo(Duration.ofHours(1)) < 0) {
      return String.format(Locale.ROOT, "%d min %02d s", span.toMinutes(), span.toSecondsPart());
    }
    return span.compareTo(Duration.ofDays(2)) < 0
        ? String.format(Locale.ROOT, "%d h %02d min", span.toHours(), span.toMinutesPart())
        : String.format(Locale.ROOT, "%d d %d h", span.toDays(), span.toHoursPart());
  }

  /** {@code 1,648,640 bytes}. */
  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
