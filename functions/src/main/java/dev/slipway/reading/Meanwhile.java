package dev.slipway.reading;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A reading under way while others are made: what does not depend on one another is read at once,
 * for each reading is a round trip to a platform.
 */
public final class Meanwhile<T> {

  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins a reading. */
  public static <T> Meanwhile<T> read(Callable<T> reading) {
    FutureTask<T> task = new FutureTask<>(reading);
    Thread.ofVirtual().name("reading").start(task);
    return new Meanwhile<>(task);
  }

  /** What was read, once it is there; throws what the reading threw. */
  public T get() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** What was read; empty where it is not there after so long. Throws what the reading threw. */
  public Optional<T> within(Duration most) {
    try {
      return Optional.of(task.get(most.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException slow) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failed
        ? failed
        : new IllegalStateException(e.getCause());
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the ledger was read", e);
  }
}
