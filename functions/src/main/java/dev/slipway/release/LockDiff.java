package dev.slipway.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What changed from one Cargo.lock to another, by package name.
 *
 * <p>A package may be locked in several versions at once. Versions on both sides are not a change;
 * of the others, those cargo calls compatible (the same first number that is not zero) are one
 * bump, then what is left of one name, oldest first, and the rest was added or removed.
 */
public record LockDiff(
    List<LockedPackage> added,
    List<LockedPackage> removed,
    List<Bump> bumped,
    List<SourceChange> sourceChanged) {

  public LockDiff {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    bumped = List.copyOf(bumped);
    sourceChanged = List.copyOf(sourceChanged);
  }

  /** One package in another version. */
  public record Bump(String name, String from, String to) {

    @Override
    public String toString() {
      return name + " " + from + " -> " + to;
    }
  }

  /**
   * One package in the same version from elsewhere, or with another content.
   *
   * @param from the source before, {@code path} for a package of the upload itself
   */
  public record SourceChange(String name, String version, String from, String to) {}

  /** Compares two locks. */
  public static LockDiff between(List<LockedPackage> before, List<LockedPackage> after) {
    return new Builder().names(byName(before), byName(after)).build();
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && bumped.isEmpty() && sourceChanged.isEmpty();
  }

  private static Map<String, List<LockedPackage>> byName(List<LockedPackage> packages) {
    return packages.stream()
        .sorted(Comparator.comparing(LockedPackage::version, LockDiff::compareVersions))
        .collect(Collectors.groupingBy(LockedPackage::name, TreeMap::new, Collectors.toList()));
  }

  /** Compares versions number by number, and as text where they are not numbers. */
  static int compareVersions(String a, String b) {
    List<String> left = List.of(a.split("[.+-]", -1));
    List<String> right = List.of(b.split("[.+-]", -1));
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = comparePart(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return a.compareTo(b);
  }

  private static int comparePart(String a, String b) {
    boolean numbers = a.matches("[0-9]{1,18}") && b.matches("[0-9]{1,18}");
    return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
  }

  /** The part of a version that compatible ones share: {@code 1} of 1.2.3, {@code 0.4} of 0.4.1. */
  private static String compatibility(String version) {
    StringBuilder shared = new StringBuilder();
    for (String part : List.of(version.split("\\.", -1))) {
      shared.append(part).append('.');
      if (!part.equals("0")) {
        break;
      }
    }
    return shared.toString();
  }

  private static final class Builder {

    private final List<LockedPackage> added = new ArrayList<>();
    private final List<LockedPackage> removed = new ArrayList<>();
    private final List<Bump> bumped = new ArrayList<>();
    private final List<SourceChange> sourceChanged = new ArrayList<>();

    Builder names(Map<String, List<LockedPackage>> old, Map<String, List<LockedPackage>> now) {
      Set<String> names = new LinkedHashSet<>(old.keySet());
      names.addAll(now.keySet());
      names.stream()
          .sorted()
          .forEach(
              name ->
                  compare(
                      new ArrayList<>(old.getOrDefault(name, List.of())),
                      new ArrayList<>(now.getOrDefault(name, List.of()))));
      return this;
    }

    LockDiff build() {
      return new LockDiff(added, removed, bumped, sourceChanged);
    }

    private void compare(List<LockedPackage> old, List<LockedPackage> now) {
      now.removeIf(old::remove);
      pair(old, now, LockedPackage::version, this::moved);
      pair(old, now, p -> compatibility(p.version()), this::bumped);
      pair(old, now, LockedPackage::name, this::bumped);
      removed.addAll(old);
      added.addAll(now);
    }

    private static void pair(
        List<LockedPackage> old,
        List<LockedPackage> now,
        Function<LockedPackage, String> key,
        BiConsumer<LockedPackage, LockedPackage> found) {
      for (LockedPackage to : List.copyOf(now)) {
        Optional<LockedPackage> from =
            old.stream().filter(p -> key.apply(p).equals(key.apply(to))).findFirst();
        from.ifPresent(
            p -> {
              old.remove(p);
              now.remove(to);
              found.accept(p, to);
            });
      }
    }

    private void moved(LockedPackage from, LockedPackage to) {
      String before = from.source().orElse("path");
      String after = to.source().orElse("path");
      boolean sameSource = before.equals(after);
      boolean bothKnown = from.checksum().isPresent() && to.checksum().isPresent();
      if (!sameSource || bothKnown) {
        String mark = sameSource ? " (another checksum)" : "";
        sourceChanged.add(new SourceChange(to.name(), to.version(), before, after + mark));
      }
    }

    private void bumped(LockedPackage from, LockedPackage to) {
      bumped.add(new Bump(to.name(), from.version(), to.version()));
    }
  }
}
