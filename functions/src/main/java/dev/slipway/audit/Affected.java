package dev.slipway.audit;

import java.util.Optional;

/**
 * A stretch of versions that have a fault.
 *
 * @param introduced the first that has it; from the beginning where absent
 * @param fixed the first that has it no more
 * @param last the last that has it, where that is said instead
 */
record Affected(Optional<Semver> introduced, Optional<Semver> fixed, Optional<Semver> last) {

  boolean holds(Semver version) {
    return introduced.map(from -> from.compareTo(version) <= 0).orElse(true)
        && fixed.map(to -> version.compareTo(to) < 0).orElse(true)
        && last.map(to -> version.compareTo(to) <= 0).orElse(true);
  }
}
