package dev.slipway.release;

import java.time.Duration;

/**
 * What is taken from the environment before this one.
 *
 * @param soak how long a release must have been live there
 * @param only whether nothing else is taken
 */
public record PromotionTerms(
    @Setting("how long a release must have been live where it is promoted from, all in all")
        Duration soak,
    @Setting("whether nothing but promotions is taken: uploaded archives are rejected")
        boolean only) {

  /** Whatever is live there, and archives too. */
  public static final PromotionTerms DEFAULT = new PromotionTerms(Duration.ZERO, false);

  public PromotionTerms {
    if (soak.isNegative()) {
      throw new IllegalArgumentException("soak must not be below zero");
    }
  }
}
