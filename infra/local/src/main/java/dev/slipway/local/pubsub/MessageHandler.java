package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.util.concurrent.CompletionStage;

/** Receives the messages of a subscription within this process. */
public interface MessageHandler {

  /**
   * Handles one delivery; may block, on a thread of the scheduler's.
   *
   * @param attempt 1 the first time
   * @return true to acknowledge; false, or a failure, has the message delivered again after the
   *     subscription's backoff. So has no answer within its ack deadline.
   */
  CompletionStage<Boolean> deliver(PubsubMessage message, int attempt);
}
