package dev.slipway.local.pubsub;

import java.time.Duration;

/** How long a message rests after a failed delivery: doubling from {@code min} to {@code max}. */
record Backoff(Duration min, Duration max) {

  /** Again at once. */
  static final Backoff NONE = new Backoff(Duration.ZERO, Duration.ZERO);

  /** What a pushed subscription without a retry policy does. */
  static final Backoff PUSH = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60));

  private static final int MAX_DOUBLINGS = 24;

  Duration after(int failures) {
    Duration delay = min.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return delay.compareTo(max) < 0 ? delay : max;
  }
}
