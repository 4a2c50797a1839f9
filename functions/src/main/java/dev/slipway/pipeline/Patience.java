package dev.slipway.pipeline;

import java.time.Duration;

/**
 * How long one invocation waits for a platform, or for a rival, before it leaves the rest to the
 * next trigger.
 *
 * @param interval between two looks
 * @param looks how many there are at most in one invocation
 */
public record Patience(Duration interval, int looks, Pause pause) {

  /** A rival makes progress each time it is in the way: past this, something is wrong. */
  private static final int MAX_RIVALS = 20;

  /** A tenth of it, for who is called again soon anyway. */
  public Patience less() {
    return new Patience(interval, looks / 10, pause);
  }

  Budget budget() {
    return new Budget();
  }

  /** What is left of it in one invocation. */
  final class Budget {

    private int looksLeft = looks;
    private int rivals;

    private Budget() {}

    /** Waits until the next look, or says that there will be none. */
    boolean pause() {
      if (looksLeft == 0) {
        return false;
      }
      looksLeft--;
      pause.pause(interval);
      return true;
    }

    /**
     * Steps back for a rival that got there first, longer each time.
     *
     * @return true: look again
     * @throws ContendedException when it has happened too often
     */
    boolean yieldToRival() {
      if (rivals == MAX_RIVALS) {
        throw new ContendedException(
            "Tried to change a release but %d times another worker changed it first. The event comes again."
                .formatted(MAX_RIVALS));
      }
      rivals++;
      pause.pause(interval.multipliedBy(rivals).dividedBy(4));
      return true;
    }
  }
}
