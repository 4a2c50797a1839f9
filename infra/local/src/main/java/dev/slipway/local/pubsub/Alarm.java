package dev.slipway.local.pubsub;

import dev.slipway.local.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls once at the earliest of the times it was set to; its owner guards it. */
final class Alarm {

  /** The timer and the clock may differ a little: never rings at once, so never in a tight loop. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Time time;
  private final Runnable call;
  private Scheduler.@Nullable Task task;
  private Instant at = Instant.MAX;

  Alarm(Time time, Runnable call) {
    this.time = time;
    this.call = call;
  }

  void setTo(Instant due) {
    if (!due.isBefore(at)) {
      return;
    }
    cancel();
    at = due;
    Duration wait = Duration.between(time.now(), due);
    task = time.scheduler().schedule(wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait, call);
  }

  /** Forgets what it was set to; to be called when it rings, too. */
  void cancel() {
    if (task != null) {
      task.cancel();
    }
    task = null;
    at = Instant.MAX;
  }
}
