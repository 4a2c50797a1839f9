package dev.slipway;

import dev.slipway.pipeline.Patience;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long a function waits for a platform, and how. */
final class Waiting {

  /** Cloud Run takes seconds to bring up a revision or move traffic: worth waiting out. */
  private static final Patience CLOUD =
      new Patience(Duration.ofSeconds(1), 60, Waiting::pause);

  private static final Patience LAPTOP =
      new Patience(Duration.ofMillis(40), 250, Waiting::pause);

  private Waiting() {}

  static Patience on(Settings settings) {
    return settings.laptop().isPresent() ? LAPTOP : CLOUD;
  }

  static void pause(Duration span) {
    try {
      boolean over = new CountDownLatch(1).await(span.toNanos(), TimeUnit.NANOSECONDS);
      assert !over : "nobody counts down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a platform", e);
    }
  }
}
