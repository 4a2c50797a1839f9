package dev.slipway.console.ask;

import dev.slipway.release.ServiceRecord;

/** The port to the traffic splits in force. */
public interface Splits {

  /**
   * The split the platform reports.
   *
   * @throws RuntimeException when the platform does not answer
   */
  Split of(ServiceRecord service);
}
