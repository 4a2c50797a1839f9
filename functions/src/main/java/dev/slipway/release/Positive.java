package dev.slipway.release;

import java.time.Duration;

/**
 * What must be above zero.
 *
 * <p>A class of its own: were it the policy's, a section's {@code DEFAULT} would have the policy's
 * made first, which holds that section's.
 */
final class Positive {

  private Positive() {}

  static void require(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero, not " + value);
    }
  }
}
