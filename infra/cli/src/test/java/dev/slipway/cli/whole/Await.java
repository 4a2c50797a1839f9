package dev.slipway.cli.whole;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks until there is something to see, for so long and no longer. */
public final class Await {

  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private Await() {}

  /** What {@code look} sees at last. */
  public static <T> T that(Supplier<String> what, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "waited %d s in vain for %s".formatted(LONGEST.toSeconds(), what.get()));
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  public static void until(String what, Supplier<Boolean> condition) {
    var unused = that(() -> what, () -> condition.get() ? Optional.of(true) : Optional.empty());
  }
}
