package dev.slipway.release;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a revision that serves is held against, gate by gate, in words. */
final class GateWords {

  private GateWords() {}

  /** Each gate with its threshold, then how it is judged. */
  static List<String> of(GatePolicy gate) {
    if (!gate.enabled()) {
      return List.of("nothing is measured; its revision stays ready");
    }
    GatePolicy.Limits limits = gate.limits();
    GatePolicy.Increase more = gate.compareToStable().allowedIncrease();
    List<String> words = new ArrayList<>();
    words.add("error rate: at most " + number(limits.maxErrorRatePercent()) + " %");
    more.errors()
        .ifPresent(
            points ->
                words.add(
                    "error rate: at most %s percentage point%s above stable's"
                        .formatted(number(points), number(points).equals("1") ? "" : "s")));
    latency("50", limits.latencyP50Ms(), words);
    latency("95", limits.latencyP95Ms(), words);
    latency("99", limits.latencyP99Ms(), words);
    more.latencyPercent()
        .ifPresent(
            percent ->
                words.add(
                    "95th percentile of latency: at most %s %% above stable's"
                        .formatted(number(percent))));
    words.add(judged(gate));
    return List.copyOf(words);
  }

  private static void latency(String percentile, Optional<Long> most, List<String> words) {
    most.ifPresent(
        ms -> words.add("%sth percentile of latency: at most %d ms".formatted(percentile, ms)));
  }

  private static String judged(GatePolicy gate) {
    GatePolicy.Sampling sampling = gate.sampling();
    return ("judged by windows of %d s, read %d s later, with %s %% confidence, from %d requests on;"
            + " %d unhealthy windows are let pass; with too few requests %s")
        .formatted(
            sampling.window().toSeconds(),
            sampling.lag().toSeconds(),
            number(100 * gate.confidence()),
            sampling.minRequests(),
            gate.tolerance().failureLimit(),
            switch (gate.tolerance().noData()) {
              case PAUSE -> "it is paused";
              case PASS -> "it goes on";
              case FAIL -> "it is rolled back";
            });
  }

  /** Without the zeros nobody wrote, and without what binary fractions add. */
  private static String number(double value) {
    return new BigDecimal(value)
        .setScale(3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
