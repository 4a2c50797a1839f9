package dev.slipway.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One fault of one package.
 *
 * @param id the name it is told by
 * @param names all it is known by, {@code id} included: RustSec's, GitHub's, a CVE
 * @param ranges the versions that have it
 */
record Known(
    String id, Set<String> names, String severity, boolean informational, List<Affected> ranges) {

  static final String UNKNOWN = "unknown";

  /** RustSec's word on a fault goes before that of others. */
  private static final Comparator<Known> BY_AUTHORITY =
      Comparator.comparing((Known known) -> !known.id().startsWith("RUSTSEC-"))
          .thenComparing(Known::id);

  Known {
    names = Set.copyOf(names);
    ranges = List.copyOf(ranges);
  }

  /** The same faults of one package, each once: those that share a name are one. */
  static List<Known> once(List<Known> told) {
    List<Known> faults = new ArrayList<>();
    for (Known next : told) {
      Known whole = next;
      for (Known other : List.copyOf(faults)) {
        if (!Collections.disjoint(whole.names(), other.names())) {
          faults.remove(other);
          whole = BY_AUTHORITY.compare(whole, other) < 0 ? whole.and(other) : other.and(whole);
        }
      }
      faults.add(whole);
    }
    return faults;
  }

  /**
   * Both as one, by the name of this. A version either holds to be affected is; what one calls a
   * vulnerability is one, whatever the other calls it.
   */
  Known and(Known other) {
    Set<String> all = new HashSet<>(names);
    all.addAll(other.names());
    List<Affected> both = new ArrayList<>(ranges);
    both.addAll(other.ranges());
    boolean itsWord =
        (informational && !other.informational()) || severity.equals(UNKNOWN);
    return new Known(
        id,
        all,
        itsWord ? other.severity() : severity,
        informational && other.informational(),
        both);
  }
}
