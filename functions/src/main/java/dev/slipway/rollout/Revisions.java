package dev.slipway.rollout;

import dev.slipway.release.Cleanup;
import dev.slipway.release.ServiceName;
import java.util.List;

/** The port to a service's revisions, as things that pile up. */
public interface Revisions {

  /** Every revision of the service; none where there is no such service. */
  List<Cleanup.Kept> list(ServiceName service);

  /**
   * Deletes a revision; one that is gone already is as good.
   *
   * @return false when the platform will not have it deleted, because it is in use
   */
  boolean delete(ServiceName service, String revision);
}
