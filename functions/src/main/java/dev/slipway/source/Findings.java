package dev.slipway.source;

import dev.slipway.release.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check has found so far: every kind of finding, and of each kind no more than a person
 * reads. Twenty thousand symlinks are ten findings and the number of the others.
 */
final class Findings {

  private static final int PER_RULE = 10;
  private static final int KEPT = 60;

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final List<Finding> kept = new ArrayList<>();

  void add(String rule, String message) {
    add(Finding.of(rule, message));
  }

  /**
   * Adds a finding about one entry.
   *
   * @param entry its name, not yet escaped
   */
  void at(String rule, String entry, String message) {
    add(Finding.at(rule, Shown.text(entry), message));
  }

  void add(Finding finding) {
    int count = counts.merge(finding.rule(), 1, Integer::sum);
    if (count == 1 || (count <= PER_RULE && kept.size() < KEPT)) {
      kept.add(finding);
    }
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  boolean has(String rule) {
    return counts.containsKey(rule);
  }

  /** What was kept, and for each rule that has more, how many more. */
  List<Finding> list() {
    List<Finding> all = new ArrayList<>(kept);
    counts.forEach(
        (rule, count) -> {
          long shown = kept.stream().filter(f -> f.rule().equals(rule)).count();
          if (count > shown) {
            all.add(Finding.of(rule, "and %,d more of the same kind".formatted(count - shown)));
          }
        });
    return List.copyOf(all);
  }
}
