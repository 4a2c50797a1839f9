package dev.slipway.rollout;

import dev.slipway.release.Deployment;
import dev.slipway.release.Plan;
import dev.slipway.release.ServiceState;
import java.util.Optional;

/** The port to the platform's own check of a change it is not to make. */
public interface Rehearsal {

  /**
   * Asks the platform to only check what {@link Services#deploy} would ask for.
   *
   * @return what it says; that it was not asked, where this account may not ask for the change
   */
  Plan.Check rehearse(Optional<ServiceState> basis, Deployment deployment);
}
