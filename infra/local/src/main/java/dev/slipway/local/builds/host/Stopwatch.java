package dev.slipway.local.builds.host;

import com.google.cloudbuild.v1.TimeSpan;
import dev.slipway.local.builds.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Measures one step. */
final class Stopwatch {

  private final Clock clock;
  private final Instant start;

  Stopwatch(Clock clock) {
    this.clock = clock;
    start = clock.instant();
  }

  double seconds() {
    return seconds(Duration.between(start, clock.instant()));
  }

  TimeSpan span() {
    return Times.span(start, clock.instant());
  }

  /** Rounded to milliseconds. */
  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
