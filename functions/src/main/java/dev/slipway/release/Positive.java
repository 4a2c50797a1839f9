package dev.slipway.release;

import java.time.Duration;

/**
 * Checks that a span of time is one. It stands apart from {@link Policy}, whose default needs the
 * sections' defaults, so that none of them needs it in turn.
 */
final class Positive {

  private Positive() {}

  static void require(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero, not " + value);
    }
  }
}
