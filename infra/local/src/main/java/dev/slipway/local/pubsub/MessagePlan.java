package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.time.Duration;
import java.util.List;

/** Decides how often and how late a message reaches a subscription; where faults are put in. */
@FunctionalInterface
public interface MessagePlan {

  /** Once, at once. */
  MessagePlan FAITHFUL = (subscription, message) -> List.of(Duration.ZERO);

  /**
   * One delay for each delivery: none loses the message; each after the first brings it again, that
   * long after it was acknowledged (never under exactly-once delivery). A restart ends a delay and
   * forgets what was to come again.
   *
   * @param subscription {@code projects/P/subscriptions/S}
   */
  List<Duration> delays(String subscription, PubsubMessage message);
}
