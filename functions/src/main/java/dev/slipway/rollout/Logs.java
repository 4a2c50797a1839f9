package dev.slipway.rollout;

import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Signals;
import java.time.Instant;

/** The port to what revisions, and the platform for them, log. */
public interface Logs {

  /** The user agent by which requests of Slipway's own are known. */
  String SYNTHETIC_AGENT = "slipway-gate";

  /**
   * What the logs tell of a rollout's candidate since then, and of its stable revision; where that
   * cannot be read, the answer says why.
   */
  Signals read(ServiceName service, Rollout rollout, Instant since);
}
