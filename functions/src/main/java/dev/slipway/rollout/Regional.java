package dev.slipway.rollout;

import java.util.Optional;

/** The platform that serves, region by region. */
public interface Regional {

  /**
   * Its services in a region.
   *
   * @param region empty for the environment's own
   */
  Services in(Optional<String> region);
}
