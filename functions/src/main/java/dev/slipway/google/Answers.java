package dev.slipway.google;

import com.google.api.core.ApiFuture;
import java.util.concurrent.ExecutionException;

/** Waits for answers of Google's asynchronous clients. */
public final class Answers {

  private Answers() {}

  /**
   * The answer, or the client's own exception.
   *
   * @throws RuntimeException as the client reported it
   */
  public static <T> T of(ApiFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("the call failed: " + e.getCause(), e);
    }
  }
}
