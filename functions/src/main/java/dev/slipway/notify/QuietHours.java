package dev.slipway.notify;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The hours of each day in which nothing new is posted that can wait; edits go on.
 *
 * @param from the first minute that is quiet
 * @param to the first that is not; before {@code from} where the hours go past midnight
 * @param below what is graver is posted all the same, and so is what is as grave
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Severity below) {

  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours that end when they begin: " + from);
    }
  }

  /** When what happens now may be posted; empty when that is now. */
  Optional<Instant> until(Instant now, Severity severity) {
    ZonedDateTime local = now.atZone(zone);
    if (!severity.isBelow(below) || !isQuiet(local.toLocalTime())) {
      return Optional.empty();
    }
    ZonedDateTime end = local.with(to);
    return Optional.of((end.isAfter(local) ? end : end.plusDays(1).with(to)).toInstant());
  }

  private boolean isQuiet(LocalTime time) {
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }
}
