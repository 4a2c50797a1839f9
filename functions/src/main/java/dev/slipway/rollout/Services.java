package dev.slipway.rollout;

import dev.slipway.release.Deployment;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import java.util.Optional;

/** The port to the platform that serves: Cloud Run in one region. */
public interface Services {

  /**
   * The service as it stands, with what is known of {@code revision}; empty when there is none.
   */
  Optional<ServiceState> read(ServiceName service, String revision);

  /**
   * Creates the deployment's revision and gives it the traffic tag and no traffic; makes the
   * service when there is none, in which case the revision has all of it. Deploying again what
   * stands already changes nothing. Returns once asked: {@link #read} tells when it is done.
   *
   * @param basis the reading the decision was based on
   * @throws StaleServiceException when the service has changed since that reading
   */
  void deploy(Optional<ServiceState> basis, Deployment deployment);

  /**
   * Sets the traffic split, leaving all else and people's own tags as they are.
   *
   * @throws StaleServiceException when the service has changed since {@code basis} was read
   */
  void shift(ServiceState basis, Traffic traffic);
}
