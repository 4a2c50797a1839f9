package dev.slipway.rollout;

import dev.slipway.release.Deployment;
import dev.slipway.release.ServiceState;
import java.util.Optional;

/** The port to the platform's own check of a change it is not to make. */
public interface Rehearsal {

  /**
   * Asks the platform to only check what {@link Services#deploy} would ask for.
   *
   * @return what it says against it; empty when nothing
   */
  Optional<String> objection(Optional<ServiceState> basis, Deployment deployment);
}
