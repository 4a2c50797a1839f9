package dev.slipway.local.chaos;

import dev.slipway.local.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Holds up a thread until the scheduler's time has passed. */
record Waiting(Scheduler scheduler) {

  void hold(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    scheduler.schedule(duration, over::countDown);
    try {
      over.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
