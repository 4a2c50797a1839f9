package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * How a release stands, read from the ledger while something else is done, and waited for only so
 * long: Slack waits three seconds for an answer to a click, whatever the ledger is at.
 */
final class Standing {

  private final FutureTask<Optional<Story>> reading;

  private Standing(FutureTask<Optional<Story>> reading) {
    this.reading = reading;
  }

  /** What is known of the release at the end of the wait. */
  sealed interface Known {

    record Stands(Story story) implements Known {}

    /** The ledger knows no such release. */
    record Nowhere() implements Known {}

    /** The ledger has not answered yet. */
    record NotYet() implements Known {}
  }

  static Standing read(Function<ReleaseId, Optional<Story>> ledger, ReleaseId id) {
    FutureTask<Optional<Story>> reading = new FutureTask<>(() -> ledger.apply(id));
    Thread.ofVirtual().name("standing of " + id).start(reading);
    return new Standing(reading);
  }

  /** Throws what the ledger threw. */
  Known after(Duration most) {
    try {
      return reading
          .get(most.toMillis(), TimeUnit.MILLISECONDS)
          .<Known>map(Known.Stands::new)
          .orElseGet(Known.Nowhere::new);
    } catch (TimeoutException slow) {
      return new Known.NotYet();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the ledger was read", e);
    }
  }
}
