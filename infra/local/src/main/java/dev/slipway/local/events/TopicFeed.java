package dev.slipway.local.events;

import java.util.function.Consumer;

/** The Pub/Sub topics, as Eventarc needs them. */
@FunctionalInterface
public interface TopicFeed {

  /**
   * Hands every message of {@code topic} (its short name) to {@code handler}, by a subscription of
   * that full name, made if absent. The message is acknowledged once the handler returned, and
   * comes again if it threw.
   */
  void subscribe(String topic, String subscription, Consumer<PublishedMessage> handler);
}
