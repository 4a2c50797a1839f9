package dev.slipway.release;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that a decision about a release rests on.
 *
 * @param others the service's other releases that matter: the live one, the slot's holder
 */
public record Situation(
    Release release,
    ServiceRecord service,
    Map<ReleaseId, Release> others,
    Observation observation,
    Policy policy,
    Instant now) {

  public Situation {
    others = Map.copyOf(others);
  }

  /** The same with another observation. */
  Situation seeing(Observation other) {
    return new Situation(release, service, others, other, policy, now);
  }

  ReleaseId id() {
    return release.id();
  }

  /** The live release, when it is another than this one. */
  Optional<Release> otherLive() {
    return service.live().flatMap(live -> Optional.ofNullable(others.get(live)));
  }

  /** The release that holds the slot, when it is another than this one. */
  Optional<ReleaseId> otherHolder() {
    return service.slot().filter(holder -> !holder.equals(id()));
  }

  /** The release of a newer upload, when there is one. */
  Optional<ReleaseId> newer() {
    return service
        .newest()
        .filter(
            newest ->
                !newest.equals(id())
                    && service.newestGeneration() > release.upload().generation());
  }
}
