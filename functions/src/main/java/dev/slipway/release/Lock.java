package dev.slipway.release;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Cargo.lock: its packages and which of them each one uses.
 *
 * @param packages in the lock's order
 * @param uses direct dependencies, those for tests and build scripts included, since a lock does
 *     not tell them apart; a package that uses none may be missing
 */
public record Lock(
    List<LockedPackage> packages, Map<LockedPackage, List<LockedPackage>> uses) {

  public Lock {
    packages = List.copyOf(packages);
    uses = Map.copyOf(uses);
  }

  /** The package the crate itself is, where the lock holds it. */
  public Optional<LockedPackage> packageOf(Crate crate) {
    return packages.stream()
        .filter(LockedPackage::isLocal)
        .filter(p -> p.name().equals(crate.name()) && p.version().equals(crate.version()))
        .findFirst();
  }

  /**
   * What of a workspace's lock one crate of it uses, itself included; the whole lock where the
   * crate is not found in it.
   */
  public Lock of(Crate crate) {
    Optional<LockedPackage> root = packageOf(crate);
    if (root.isEmpty()) {
      return this;
    }
    Set<LockedPackage> reached = new LinkedHashSet<>();
    Deque<LockedPackage> next = new ArrayDeque<>(List.of(root.get()));
    while (!next.isEmpty()) {
      LockedPackage one = next.removeFirst();
      if (reached.add(one)) {
        next.addAll(usedBy(one));
      }
    }
    return new Lock(packages.stream().filter(reached::contains).toList(), uses);
  }

  /** The direct dependencies of a package. */
  public List<LockedPackage> usedBy(LockedPackage one) {
    return uses.getOrDefault(one, List.of());
  }
}
