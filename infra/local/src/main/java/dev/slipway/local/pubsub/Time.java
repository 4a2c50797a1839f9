package dev.slipway.local.pubsub;

import dev.slipway.local.time.Scheduler;
import java.time.Clock;
import java.time.Instant;

/** The clock and the scheduler that go with it. */
record Time(Clock clock, Scheduler scheduler) {

  Instant now() {
    return clock.instant();
  }
}
