package dev.slipway.ledger;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import java.util.Map;
import java.util.Optional;

/**
 * A reading of the ledger to base a change on.
 *
 * @param release empty when the ledger does not know it
 * @param service {@link ServiceRecord#unknown} when the ledger does not know it
 * @param others the service's live release, the one before it and the slot's holder, as far as
 *     they are not {@code release}
 * @param stamp what lets the ledger refuse a change that rests on an old reading; its own business
 */
public record View(
    ReleaseId id,
    Optional<Release> release,
    ServiceRecord service,
    Map<ReleaseId, Release> others,
    Object stamp) {

  public View {
    others = Map.copyOf(others);
  }
}
