package dev.slipway.local.chaos;

import java.util.SplittableRandom;

/**
 * How often a rule strikes among the calls or messages it covers.
 *
 * @param times at most so often; 0 for without end
 * @param every each so many-th one; 1 for each
 * @param probability of those, so large a share, 0 to 1
 * @param seed what the draws follow from: the same seed, the same draws
 */
public record Odds(int times, int every, double probability, long seed) {

  /** Each time. */
  public static final Odds ALWAYS = new Odds(0, 1, 1, 0);

  public Odds {
    if (times < 0) {
      throw new IllegalArgumentException("times is 0 (without end) or more, not " + times);
    }
    if (every < 1) {
      throw new IllegalArgumentException("every is 1 or more, not " + every);
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is 0 to 1, not " + probability);
    }
  }

  /**
   * Whether the rule strikes now.
   *
   * @param seen how many it covered by now, this one included
   * @param struck how many of them it struck
   */
  boolean strike(long seen, long struck) {
    boolean left = times == 0 || struck < times;
    return left && seen % every == 0 && (probability >= 1 || draws(seen).nextDouble() < probability);
  }

  /** A number from 0 to 1 that belongs to the {@code seen}-th one. */
  double share(long seen) {
    return draws(~seen).nextDouble();
  }

  /** Without a state of its own, so that the draws go on after a restart where they were. */
  private SplittableRandom draws(long number) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
  }
}
