package dev.slipway.local.time;

import java.time.Duration;

/**
 * Runs work later. The one way anything in the laptop cloud waits, so that a simulation can put
 * virtual time in its place.
 */
public interface Scheduler {

  /**
   * Runs {@code work} once, {@code delay} from now, on a thread of the scheduler's choosing.
   *
   * @return the handle that cancels the work while it has not begun
   */
  Task schedule(Duration delay, Runnable work);

  /** Runs {@code work} as soon as possible, off the caller's thread. */
  default Task soon(Runnable work) {
    return schedule(Duration.ZERO, work);
  }

  /** Work that was scheduled. */
  interface Task {
    /** Keeps the work from starting; work already under way is left to finish. */
    void cancel();
  }
}
