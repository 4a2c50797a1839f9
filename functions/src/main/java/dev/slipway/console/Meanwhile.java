package dev.slipway.console;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the ledger was read", e);
    }
  }
}
