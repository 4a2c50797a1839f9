package dev.slipway.audit;

import dev.slipway.release.Advisory;
import dev.slipway.release.AdvisoryReport;
import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Known faults of packages on crates.io.
 *
 * @param name where it is, {@code gs://BUCKET/OBJECT#GENERATION}
 * @param known by package name
 */
public record AdvisoryDatabase(String name, Map<String, List<Known>> known) {

  public AdvisoryDatabase {
    known = Map.copyOf(known);
  }

  /**
   * What is known against a lock's packages.
   *
   * @param before the lock of the release that serves; every fault is new where there is none
   */
  public AdvisoryReport report(Lock now, Optional<Lock> before) {
    Set<String> old = new HashSet<>();
    before.ifPresent(lock -> against(lock).forEach(a -> old.add(key(a))));
    List<Advisory> found =
        against(now).stream()
            .map(a -> a.marked(!old.contains(key(a))))
            .sorted(
                Comparator.comparing((Advisory a) -> !a.isNew())
                    .thenComparing(Advisory::informational)
                    .thenComparing(Advisory::id)
                    .thenComparing(Advisory::name)
                    .thenComparing(Advisory::version))
            .toList();
    int kept = Math.min(found.size(), AdvisoryReport.MAX_FOUND);
    return new AdvisoryReport(name, found.subList(0, kept), found.size() - kept);
  }

  /** The same fault in another version of the package is not new. */
  private static String key(Advisory advisory) {
    return advisory.id() + " " + advisory.name();
  }

  private List<Advisory> against(Lock lock) {
    List<Advisory> found = new ArrayList<>();
    for (LockedPackage locked : lock.packages()) {
      Optional<Semver> version =
          locked.isPublic() ? Semver.parse(locked.version()) : Optional.empty();
      version.ifPresent(
          v ->
              known
                  .getOrDefault(locked.name(), List.of())
                  .forEach(k -> match(k, locked, v).ifPresent(found::add)));
    }
    return found;
  }

  private static Optional<Advisory> match(Known known, LockedPackage locked, Semver version) {
    return known.ranges().stream()
        .filter(range -> range.holds(version))
        .findFirst()
        .map(
            range ->
                new Advisory(
                    known.id(),
                    locked.name(),
                    locked.version(),
                    range.fixed().map(Semver::text),
                    known.severity(),
                    known.informational(),
                    true));
  }
}
