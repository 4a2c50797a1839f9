package dev.slipway.local.firestore;

import java.time.Clock;

/**
 * The times of commits and reads of one database, in microseconds. A commit is later than every
 * commit and read before it, even where the clock stands still or jumps back.
 */
final class CommitClock {

  private final Clock clock;
  private long last;

  CommitClock(Clock clock, long last) {
    this.clock = clock;
    this.last = last;
  }

  /** A time later than any given out before. */
  synchronized long commit() {
    last = Math.max(last + 1, Times.micros(clock));
    return last;
  }

  /** A time that sees every commit so far and none that follows. */
  synchronized long read() {
    last = Math.max(last, Times.micros(clock));
    return last;
  }
}
