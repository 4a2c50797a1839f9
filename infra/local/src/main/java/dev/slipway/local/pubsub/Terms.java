package dev.slipway.local.pubsub;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import java.time.Duration;
import java.time.Instant;

/** What a subscription's configuration says of how its messages are delivered. */
record Terms(Subscription config) {

  String subscription() {
    return config.getName();
  }

  Duration ackDeadline() {
    return Duration.ofSeconds(config.getAckDeadlineSeconds());
  }

  boolean exactlyOnce() {
    return config.getEnableExactlyOnceDelivery();
  }

  boolean keepsAcked() {
    return config.getRetainAckedMessages();
  }

  /** Whether the subscription no longer holds that message, acknowledged or not. */
  boolean forgets(PubsubMessage message, Instant now) {
    Duration retention = duration(config.getMessageRetentionDuration());
    return !MessageRules.publishTime(message).plus(retention).isAfter(now);
  }

  /** The key by which a message is ordered, empty where it is not. */
  String orderingKey(PubsubMessage message) {
    return config.getEnableMessageOrdering() ? message.getOrderingKey() : "";
  }

  /** The backoff asked for, or else {@code otherwise}. */
  Backoff backoff(Backoff otherwise) {
    if (!config.hasRetryPolicy()) {
      return otherwise;
    }
    var policy = config.getRetryPolicy();
    return new Backoff(duration(policy.getMinimumBackoff()), duration(policy.getMaximumBackoff()));
  }

  boolean hasDeadLetterPolicy() {
    return config.hasDeadLetterPolicy();
  }

  /** Whether a message that failed so often is to be given up. */
  boolean givesUpAfter(int failures) {
    return hasDeadLetterPolicy()
        && failures >= config.getDeadLetterPolicy().getMaxDeliveryAttempts();
  }

  private static Duration duration(com.google.protobuf.Duration value) {
    return Duration.ofNanos(Durations.toNanos(value));
  }
}
