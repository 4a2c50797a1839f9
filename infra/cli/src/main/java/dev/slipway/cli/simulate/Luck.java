package dev.slipway.cli.simulate;

import java.time.Duration;
import java.util.Random;

/** What is drawn from a simulation's seed. */
record Luck(Random random) {

  boolean chance(int perMille) {
    return random.nextInt(1000) < perMille;
  }

  /** One of two, as likely as the other. */
  boolean coin() {
    return random.nextBoolean();
  }

  /** From 0 to below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** {@code from} seconds, and up to so many more. */
  Duration seconds(int from, int more) {
    return Duration.ofSeconds(from).plusMillis(random.nextInt(more * 1000));
  }
}
