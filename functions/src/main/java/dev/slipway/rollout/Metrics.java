package dev.slipway.rollout;

import dev.slipway.release.Measurements;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Windows;

/** The port to what the platform measures of revisions. */
public interface Metrics {

  /**
   * What a rollout's candidate and its stable revision answered in these windows; where that cannot
   * be read, the answer says why.
   */
  Measurements read(ServiceName service, Rollout rollout, Windows windows);
}
