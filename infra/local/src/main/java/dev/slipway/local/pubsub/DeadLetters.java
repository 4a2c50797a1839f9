package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;

/** Where a backlog sends what it gives up. */
interface DeadLetters {

  /**
   * Publishes the message to the subscription's dead-letter topic.
   *
   * @return false where that topic is gone, so that the message must be kept
   */
  boolean forward(Terms terms, PubsubMessage message, int attempts);
}
