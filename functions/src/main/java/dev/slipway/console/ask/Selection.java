package dev.slipway.console.ask;

import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.util.Optional;

/**
 * Which releases are asked for.
 *
 * @param service only those of this service
 * @param before only those that began before this one: the last of the page before
 * @param limit how many at most
 */
public record Selection(
    Optional<ServiceName> service, Optional<ReleaseId> before, int limit) {

  /** The newest of all. */
  public static Selection newest(int limit) {
    return new Selection(Optional.empty(), Optional.empty(), limit);
  }

  /** The newest of one service. */
  public static Selection of(ServiceName service, int limit) {
    return new Selection(Optional.of(service), Optional.empty(), limit);
  }
}
