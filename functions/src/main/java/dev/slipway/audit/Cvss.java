package dev.slipway.audit;

import com.google.common.base.Splitter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rates a vulnerability by its CVSS 3 vector: the base score, by the formula of CVSS 3.1. */
final class Cvss {

  private static final Map<String, Double> WEIGHTS =
      Map.ofEntries(
          Map.entry("AV:N", 0.85),
          Map.entry("AV:A", 0.62),
          Map.entry("AV:L", 0.55),
          Map.entry("AV:P", 0.2),
          Map.entry("AC:L", 0.77),
          Map.entry("AC:H", 0.44),
          Map.entry("PR:N", 0.85),
          Map.entry("PR:L", 0.62),
          Map.entry("PR:H", 0.27),
          Map.entry("UI:N", 0.85),
          Map.entry("UI:R", 0.62));

  /** Where the scope changes, privileges weigh otherwise. */
  private static final Map<String, Double> CHANGED = Map.of("PR:L", 0.68, "PR:H", 0.5);

  private static final Map<String, Double> IMPACT = Map.of("H", 0.56, "L", 0.22, "N", 0.0);

  private static final List<String> METRICS =
      List.of("AV", "AC", "PR", "UI", "S", "C", "I", "A");

  private Cvss() {}

  /**
   * {@code critical}, {@code high}, {@code medium}, {@code low} or {@code none}; empty where the
   * vector is of another version.
   */
  static Optional<String> rating(String vector) {
    return score(vector)
        .map(
            score ->
                score >= 9 ? "critical"
                    : score >= 7 ? "high" : score >= 4 ? "medium" : score > 0 ? "low" : "none");
  }

  /** 0 to 10, in tenths. */
  static Optional<Double> score(String vector) {
    if (!vector.startsWith("CVSS:3.")) {
      return Optional.empty();
    }
    Map<String, String> metrics = new HashMap<>();
    for (String part : Splitter.on('/').split(vector)) {
      int colon = part.indexOf(':');
      if (colon > 0) {
        metrics.put(part.substring(0, colon), part.substring(colon + 1));
      }
    }
    try {
      return metrics.keySet().containsAll(METRICS)
          ? Optional.of(score(metrics))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static double score(Map<String, String> metrics) {
    boolean changed = "C".equals(metrics.get("S"));
    double untouched = 1;
    for (String name : List.of("C", "I", "A")) {
      untouched *= 1 - known(IMPACT.get(metrics.get(name)));
    }
    double base = 1 - untouched;
    double impact =
        changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
    double exploitability = 8.22;
    for (String name : List.of("AV", "AC", "PR", "UI")) {
      String metric = name + ":" + metrics.get(name);
      Double weight =
          changed && CHANGED.containsKey(metric) ? CHANGED.get(metric) : WEIGHTS.get(metric);
      exploitability *= known(weight);
    }
    double sum = (changed ? 1.08 : 1) * (impact + exploitability);
    return impact <= 0 ? 0 : roundUp(Math.min(sum, 10));
  }

  private static double known(@Nullable Double weight) {
    if (weight == null) {
      throw new IllegalArgumentException("no such value");
    }
    return weight;
  }

  /** Up to the next tenth, as the standard does it, free of the noise of doubles. */
  private static double roundUp(double value) {
    long scaled = Math.round(value * 100_000);
    return scaled % 10_000 == 0 ? scaled / 100_000.0 : (scaled / 10_000 + 1) / 10.0;
  }
}
