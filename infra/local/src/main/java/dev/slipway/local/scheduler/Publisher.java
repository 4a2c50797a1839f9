package dev.slipway.local.scheduler;

import java.util.Map;

/** The Pub/Sub topics, as Cloud Scheduler needs them. */
@FunctionalInterface
public interface Publisher {

  /** Publishes to {@code topic}, its short name. */
  void publish(String topic, Map<String, String> attributes, byte[] data);
}
