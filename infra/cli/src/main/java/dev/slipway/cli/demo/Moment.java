package dev.slipway.cli.demo;

import dev.slipway.cli.laptop.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time between two looks at what the pipeline is doing. */
final class Moment {

  static final Duration LENGTH = Duration.ofMillis(100);

  private Moment() {}

  /** Returns a moment later. */
  static void pass() {
    try {
      boolean over = new CountDownLatch(1).await(LENGTH.toMillis(), TimeUnit.MILLISECONDS);
      assert !over : "nobody counts down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while watching the pipeline", e);
    }
  }
}
