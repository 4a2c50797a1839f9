package dev.slipway.local.builds.work;

import com.google.cloudbuild.v1.TimeSpan;
import dev.slipway.local.builds.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Measures one step. */
public final class Stopwatch {

  private final Clock clock;
  private final Instant start;

  public Stopwatch(Clock clock) {
    this.clock = clock;
    start = clock.instant();
  }

  public double seconds() {
    return seconds(Duration.between(start, clock.instant()));
  }

  public TimeSpan span() {
    return Times.span(start, clock.instant());
  }

  /** Rounded to milliseconds. */
  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
