package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What changed from one release to another: how it is built, and which packages it is built from.
 *
 * @param since the release it is compared with
 * @param settings lines such as {@code edition 2021 -> 2024}
 * @param packages how many packages changed, in which way
 * @param lines the packages, such as {@code serde 1.0.1 -> 1.0.2}: bumped, added, removed, moved;
 *     at most {@link #MAX_LINES}, the rest is only counted
 */
public record Changes(
    ReleaseId since, List<String> settings, Packages packages, List<String> lines) {

  public static final int MAX_LINES = 100;

  private static final int MAX_LINE = 300;
  private static final int SUMMARY_LINES = 5;

  public Changes {
    settings = List.copyOf(settings);
    lines = List.copyOf(lines);
  }

  /**
   * How many packages changed.
   *
   * @param moved the same version from elsewhere, or with another content
   */
  public record Packages(int bumped, int added, int removed, int moved) {

    public int total() {
      return bumped + added + removed + moved;
    }
  }

  /** One side of the comparison. */
  public record Side(Crate crate, Optional<BuildReport> report, Lock lock) {}

  /** Compares what a release is built from with what an earlier one was. */
  public static Changes between(ReleaseId since, Side before, Side after) {
    LockDiff diff = LockDiff.between(others(before), others(after));
    List<String> lines =
        lines(diff).limit(MAX_LINES).map(line -> shortened(line, MAX_LINE)).toList();
    return new Changes(since, settings(before, after), count(diff), lines);
  }

  /** Packages that changed and have no line. */
  public int more() {
    return packages.total() - lines.size();
  }

  public boolean isEmpty() {
    return settings.isEmpty() && packages.total() == 0;
  }

  /** One line: {@code 3 crates bumped, 1 added: serde 1.0.1 -> 1.0.2, ... and 2 more}. */
  public String summary() {
    if (isEmpty()) {
      return "the same dependencies and settings";
    }
    List<String> parts = new ArrayList<>(settings);
    if (packages.total() > 0) {
      List<String> shown = lines.subList(0, Math.min(SUMMARY_LINES, lines.size()));
      int rest = packages.total() - shown.size();
      parts.add(
          counted()
              + ": "
              + String.join(", ", shown)
              + (rest > 0 ? " and " + rest + " more" : ""));
    }
    return String.join("; ", parts);
  }

  private String counted() {
    List<String> counts = new ArrayList<>();
    count(counts, packages.bumped(), "bumped");
    count(counts, packages.added(), "added");
    count(counts, packages.removed(), "removed");
    count(counts, packages.moved(), "from elsewhere");
    return String.join(", ", counts);
  }

  private static void count(List<String> counts, int number, String how) {
    if (number > 0) {
      String noun = number == 1 ? " crate " : " crates ";
      counts.add(number + (counts.isEmpty() ? noun : " ") + how);
    }
  }

  private static Packages count(LockDiff diff) {
    return new Packages(
        diff.bumped().size(),
        diff.added().size(),
        diff.removed().size(),
        diff.sourceChanged().size());
  }

  /** Without the crate's own package, whose version is among the settings. */
  private static List<LockedPackage> others(Side side) {
    Optional<LockedPackage> own = side.lock().packageOf(side.crate());
    return side.lock().packages().stream().filter(p -> !own.equals(Optional.of(p))).toList();
  }

  private static Stream<String> lines(LockDiff diff) {
    return Stream.of(
            diff.bumped().stream().map(LockDiff.Bump::toString),
            diff.added().stream().map(p -> "+" + p.name() + " " + p.version()),
            diff.removed().stream().map(p -> "-" + p.name() + " " + p.version()),
            diff.sourceChanged().stream().map(Changes::moved))
        .flatMap(Function.identity());
  }

  private static String moved(LockDiff.SourceChange change) {
    return "%s %s from %s, before from %s"
        .formatted(
            change.name(),
            change.version(),
            LockedPackage.shown(change.to()),
            LockedPackage.shown(change.from()));
  }

  private static List<String> settings(Side before, Side after) {
    List<String> lines = new ArrayList<>();
    compare(lines, "version", before, after, s -> s.crate().version());
    compare(lines, "edition", before, after, s -> s.crate().edition());
    compare(lines, "toolchain", before, after, s -> s.crate().toolchain().orElse("default"));
    compare(lines, "compiler", before, after, s -> s.report().map(BuildReport::toolchain).orElse(""));
    compare(lines, "profile", before, after, s -> label(s.crate().settings().profile()));
    compare(lines, "base", before, after, s -> base(s.crate()));
    compare(
        lines,
        "default-features",
        before,
        after,
        s -> s.crate().settings().defaultFeatures() ? "on" : "off");
    features(before.crate().settings(), after.crate().settings()).ifPresent(lines::add);
    return lines;
  }

  /** A value one side does not know is no change. */
  private static void compare(
      List<String> lines, String name, Side before, Side after, Function<Side, String> value) {
    String from = value.apply(before);
    String to = value.apply(after);
    if (!from.equals(to) && !from.isEmpty() && !to.isEmpty()) {
      lines.add(shortened(name + " " + from + " -> " + to, MAX_LINE));
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String base(Crate crate) {
    return crate.settings().base().map(RuntimeBase::label).orElse("as planned");
  }

  private static Optional<String> features(CrateSettings before, CrateSettings after) {
    List<String> all = new ArrayList<>();
    minus(after, before).forEach(f -> all.add("+" + f));
    minus(before, after).forEach(f -> all.add("-" + f));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(shortened("features " + String.join(" ", all), MAX_LINE));
  }

  private static TreeSet<String> minus(CrateSettings of, CrateSettings without) {
    TreeSet<String> features = new TreeSet<>(of.features());
    without.features().forEach(features::remove);
    return features;
  }

  private static String shortened(String text, int max) {
    return text.length() > max ? text.substring(0, max) + "..." : text;
  }
}
