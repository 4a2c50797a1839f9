package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When and on what a build ran.
 *
 * @param machine its machine type, such as {@code e2-highcpu-8}; absent where none is paid for
 */
public record BuildTiming(Instant start, Instant end, Optional<String> machine) {

  Duration time() {
    return start.isBefore(end) ? Duration.between(start, end) : Duration.ZERO;
  }
}
