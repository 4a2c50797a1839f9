package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/** In which of its regions a rollout was when something happened, by what happened before. */
public final class Whereabouts {

  private Whereabouts() {}

  /**
   * The region that an event which names none is about.
   *
   * @param before what happened before it, oldest first
   * @return empty where there is only one region, or the event names its own
   */
  public static Optional<String> of(List<ReleaseEvent> before, ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.SmokePassed e -> last(before);
      case ReleaseEvent.StepReached e -> last(before);
      case ReleaseEvent.Paused e -> last(before);
      case ReleaseEvent.Resumed e -> last(before);
      case ReleaseEvent.Hastened e -> last(before);
      default -> Optional.empty();
    };
  }

  private static Optional<String> last(List<ReleaseEvent> before) {
    Optional<String> region = Optional.empty();
    for (ReleaseEvent event : before) {
      if (event instanceof ReleaseEvent.RolloutStarted e) {
        region = e.rollout().region();
      } else if (event instanceof ReleaseEvent.RegionEntered e) {
        region = Optional.of(e.region());
      }
    }
    return region;
  }
}
