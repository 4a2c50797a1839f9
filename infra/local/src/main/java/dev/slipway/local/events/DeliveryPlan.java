package dev.slipway.local.events;

import java.time.Duration;
import java.util.List;

/** Decides how often and how late an event reaches a trigger; where faults are put in. */
@FunctionalInterface
public interface DeliveryPlan {

  /** Once, at once. */
  DeliveryPlan FAITHFUL = (trigger, event) -> List.of(Duration.ZERO);

  /**
   * One delay for each delivery: two make a duplicate, none loses the event, and different delays
   * for different events reorder them.
   */
  List<Duration> delays(Trigger trigger, Event event);
}
