package dev.slipway.release;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What a build took.
 *
 * @param machine the machine type it ran on, such as {@code e2-standard-2}; absent where none is
 *     paid for
 * @param time from its start to its end, waiting for a worker not included
 * @param microUsd list price in millionths of a dollar, free minutes not taken off; absent where
 *     there is no machine type or its price is not known
 */
public record BuildCost(Optional<String> machine, Duration time, Optional<Long> microUsd) {

  /** The list price in dollars. */
  public Optional<BigDecimal> usd() {
    return microUsd.map(micro -> BigDecimal.valueOf(micro, 6));
  }
}
