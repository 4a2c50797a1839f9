package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;

/**
 * A message handed out.
 *
 * @param attempt 1 the first time
 * @param counted whether the receiver is told the attempt, as it is under a dead-letter policy
 */
record Delivery(String ackId, PubsubMessage message, int attempt, boolean counted) {

  ReceivedMessage toReceivedMessage() {
    return ReceivedMessage.newBuilder()
        .setAckId(ackId)
        .setMessage(message)
        .setDeliveryAttempt(counted ? attempt : 0)
        .build();
  }
}
