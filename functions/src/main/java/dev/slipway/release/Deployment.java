package dev.slipway.release;

import java.util.List;

/**
 * A revision to be made.
 *
 * @param release names the service and the revision
 * @param image reference by digest
 * @param epoch fencing epoch of the rollout; kept on the service so that an older one is refused
 * @param traffic the split to keep while the candidate stands at 0%, empty for a service that is
 *     made with it
 */
public record Deployment(ReleaseId release, String image, long epoch, List<Traffic.Share> traffic) {

  public Deployment {
    traffic = List.copyOf(traffic);
  }
}
