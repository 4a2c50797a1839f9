package dev.slipway;

import dev.slipway.release.Fields;
import dev.slipway.release.GatePolicy;
import java.time.Duration;
import java.util.Optional;

/** Reads the policy's section {@code gate}; what it leaves out is as in {@link GatePolicy#DEFAULT}. */
final class GateDocument {

  private static final int MAX_REQUESTS = 1_000_000;
  private static final int MAX_SYNTHETIC = 1000;
  private static final int MAX_WINDOWS = 1000;
  private static final int MAX_MILLIS = 3_600_000;
  private static final int MAX_INCREASE = 10_000;

  /** Keeps the windows of the longest step countable, and a window worth reading. */
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

  private GateDocument() {}

  static GatePolicy read(Fields fields) {
    GatePolicy d = GatePolicy.DEFAULT;
    return new GatePolicy(
        fields.flag("enabled").orElse(d.enabled()),
        limits(fields, d.limits()),
        sampling(fields, d.sampling()),
        tolerance(fields, d.tolerance()),
        fields.has("compareToStable")
            ? fields.table("compareToStable").flatMap(GateDocument::comparison)
            : d.compareToStable(),
        fields.number("confidence", 0.5, 0.999999).orElse(d.confidence()));
  }

  private static GatePolicy.Limits limits(Fields fields, GatePolicy.Limits d) {
    return new GatePolicy.Limits(
        fields.number("maxErrorRatePercent", 0, 100).orElse(d.maxErrorRatePercent()),
        fields.integer("latencyP50Ms", 1, MAX_MILLIS).or(d::p50),
        fields.integer("latencyP95Ms", 1, MAX_MILLIS).or(d::p95),
        fields.integer("latencyP99Ms", 1, MAX_MILLIS).or(d::p99));
  }

  private static GatePolicy.Sampling sampling(Fields fields, GatePolicy.Sampling d) {
    Duration window = fields.duration("window").orElse(d.window());
    if (window.compareTo(SHORTEST_WINDOW) < 0) {
      fields.reject("window", "it must be at least 1s");
      window = d.window();
    }
    return new GatePolicy.Sampling(
        window,
        fields.duration("lag").orElse(d.lag()),
        whole(fields, "minRequests", 1, MAX_REQUESTS, d.minRequests()),
        whole(fields, "syntheticRequests", 0, MAX_SYNTHETIC, d.syntheticRequests()));
  }

  private static GatePolicy.Tolerance tolerance(Fields fields, GatePolicy.Tolerance d) {
    return new GatePolicy.Tolerance(
        whole(fields, "failureLimit", 0, MAX_WINDOWS, d.failureLimit()),
        whole(fields, "inconclusiveLimit", 0, MAX_WINDOWS, d.inconclusiveLimit()),
        fields.oneOf("noData", GatePolicy.NoData.class).orElse(d.noData()));
  }

  /** A table without an increase is a comparison that is switched off. */
  private static Optional<GatePolicy.Comparison> comparison(Fields fields) {
    Optional<Fields> allowed = fields.table("allowedIncrease");
    Optional<Double> errors = allowed.flatMap(f -> f.number("errorRatePercent", 0, 100));
    Optional<Double> latency = allowed.flatMap(f -> f.number("latencyPercent", 0, MAX_INCREASE));
    return errors.isEmpty() && latency.isEmpty()
        ? Optional.empty()
        : Optional.of(new GatePolicy.Comparison(errors, latency));
  }

  private static int whole(Fields fields, String key, int min, int max, int otherwise) {
    return fields.integer(key, min, max).orElse((long) otherwise).intValue();
  }
}
