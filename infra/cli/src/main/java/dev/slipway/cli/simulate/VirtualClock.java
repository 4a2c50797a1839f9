package dev.slipway.cli.simulate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The workers' clock, which may be wrong, beside the time that really passes in the simulation. */
final class VirtualClock extends Clock {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private Duration skew = Duration.ZERO;

  /** What time it is, whatever the clock shows. */
  Instant now() {
    return now;
  }

  /** Since the simulation began. */
  Duration elapsed() {
    return Duration.between(START, now);
  }

  void advance(Duration span) {
    now = now.plus(span);
  }

  /** Lets time pass until then, if it is still to come. */
  void until(Instant then) {
    if (then.isAfter(now)) {
      now = then;
    }
  }

  /** Sets the clock wrong by so much. */
  void skew(Duration by) {
    skew = by;
  }

  @Override
  public Instant instant() {
    return now.plus(skew);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
