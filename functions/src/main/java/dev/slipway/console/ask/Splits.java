package dev.slipway.console.ask;

import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/** The port to the traffic splits in force. */
public interface Splits {

  /** Where services run, the environment's own region first; empty where that is the only one. */
  default List<String> regions() {
    return List.of();
  }

  /**
   * The split the platform reports.
   *
   * @param region empty for the environment's own
   * @throws RuntimeException when the platform does not answer
   */
  Split of(ServiceRecord service, Optional<String> region);
}
