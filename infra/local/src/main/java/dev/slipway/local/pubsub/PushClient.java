package dev.slipway.local.pubsub;

import java.util.concurrent.CompletionStage;

/** Sends push requests. */
public interface PushClient extends AutoCloseable {

  /**
   * POSTs without waiting.
   *
   * @return the HTTP status, or the failure where there was no answer
   */
  CompletionStage<Integer> post(PushRequest request);

  /** Breaks off what is under way. */
  @Override
  default void close() {}
}
