package dev.slipway.local.events;

import java.time.Duration;

/**
 * When a delivery that failed is tried again: after {@code first}, then after twice as long each
 * time up to {@code longest}, until the event is {@code giveUpAfter} old.
 */
public record Retry(Duration first, Duration longest, Duration giveUpAfter) {

  /** As on Google Cloud: 10 to 600 seconds, for a day. */
  public static final Retry AS_ON_GOOGLE =
      new Retry(Duration.ofSeconds(10), Duration.ofSeconds(600), Duration.ofHours(24));

  /** For people who watch: half a second to 30 seconds, for a day. */
  public static final Retry LAPTOP =
      new Retry(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofHours(24));

  /** The pause after that many failed attempts, from 1. */
  Duration pauseAfter(int attempts) {
    int doublings = Math.min(attempts - 1, 20);
    Duration pause = first.multipliedBy(1L << doublings);
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
