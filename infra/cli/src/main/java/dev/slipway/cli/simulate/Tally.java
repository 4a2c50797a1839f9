package dev.slipway.cli.simulate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, by name. */
final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    add(what, 1);
  }

  void add(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  void addAll(Tally other) {
    other.counts.forEach(this::add);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** The sum of all whose name begins so. */
  long allOf(String prefix) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What follows a prefix, in every name that has it. */
  List<String> named(String prefix) {
    return counts.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  Map<String, Long> counts() {
    return counts;
  }
}
