package dev.slipway.local.events;

import java.util.List;

/**
 * What Eventarc delivers, and how.
 *
 * @param project the project id
 * @param triggers all of them; their names are unique
 * @param concurrency how many events one function gets at once
 */
public record EventarcConfig(
    String project, List<Trigger> triggers, Retry retry, int concurrency, DeliveryPlan plan) {

  public static final int DEFAULT_CONCURRENCY = 8;

  public EventarcConfig {
    triggers = List.copyOf(triggers);
    if (triggers.stream().map(Trigger::name).distinct().count() != triggers.size()) {
      throw new IllegalArgumentException("two triggers have one name: " + triggers);
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
    }
  }

  /** The laptop's: retried soon, delivered faithfully. */
  public static EventarcConfig laptop(String project, List<Trigger> triggers) {
    return new EventarcConfig(
        project, triggers, Retry.LAPTOP, DEFAULT_CONCURRENCY, DeliveryPlan.FAITHFUL);
  }
}
