package dev.slipway.release;

import dev.slipway.release.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out how a revision does that serves: a pure function of policy, time and evidence. */
public final class Diagnosis {

  private final GatePolicy policy;
  private final Windows windows;
  private final List<Tally> candidate;
  private final List<Tally> stable;
  private final Tally served;
  private final Tally beside;
  private final double alpha;
  private final List<Measure> measures = new ArrayList<>();

  private Diagnosis(GatePolicy policy, Windows windows, Measurements measurements) {
    this.policy = policy;
    this.windows = windows;
    candidate = windows.cut(measurements.candidate());
    stable = windows.cut(measurements.stable());
    served = candidate.stream().reduce(Tally.NONE, Tally::plus);
    beside = stable.stream().reduce(Tally.NONE, Tally::plus);
    alpha = (1 - policy.confidence()) / tests(policy);
  }

  /** The measures share what may go wrong. */
  private static int tests(GatePolicy policy) {
    GatePolicy.Limits limits = policy.limits();
    GatePolicy.Increase stable = policy.compareToStable().allowedIncrease();
    return 1
        + (limits.latencyP50Ms().isPresent() ? 1 : 0)
        + (limits.latencyP95Ms().isPresent() ? 1 : 0)
        + (limits.latencyP99Ms().isPresent() ? 1 : 0)
        + (stable.errors().isPresent() ? 1 : 0)
        + (stable.latencyPercent().isPresent() ? 1 : 0);
  }

  /** What the evidence says of the candidate in these windows. */
  public static Verdict of(GatePolicy policy, Windows windows, Evidence evidence) {
    Diagnosis diagnosis = new Diagnosis(policy, windows, evidence.measurements());
    diagnosis.logs(evidence.signals());
    evidence
        .measurements()
        .problem()
        .ifPresentOrElse(
            why ->
                diagnosis.measures.add(
                    Measure.said("requests", Outcome.ERROR, "could not be read: " + why)),
            () -> diagnosis.requests(evidence.signals().synthetic()));
    return Verdict.of(
        diagnosis.measures,
        windows,
        diagnosis.served.requests(),
        evidence.signals().synthetic().before(windows.until()));
  }

  private void logs(Signals signals) {
    signals
        .problem()
        .ifPresent(
            why -> measures.add(Measure.said("logs", Outcome.ERROR, "could not be read: " + why)));
    for (Signal signal : signals.fresh()) {
      measures.add(
          Measure.said(
              signal.kind().label(),
              Outcome.UNHEALTHY,
              "%s (%s, never on stable)"
                  .formatted(
                      signal.line(),
                      signal.count() == 1 ? "once" : signal.count() + " times")));
    }
  }

  private void requests(Signals.Synthetic synthetic) {
    GatePolicy.Limits limits = policy.limits();
    errorRate(limits.maxErrorRatePercent(), synthetic);
    limits.latencyP50Ms().ifPresent(ms -> latency("p50", 0.50, ms));
    limits.latencyP95Ms().ifPresent(ms -> latency("p95", 0.95, ms));
    limits.latencyP99Ms().ifPresent(ms -> latency("p99", 0.99, ms));
    compare(policy.compareToStable().allowedIncrease());
  }

  private void errorRate(double percent, Signals.Synthetic synthetic) {
    long own = synthetic.before(windows.until());
    String note = own == 0 ? "" : own + " of them synthetic";
    Optional<Double> actual =
        served.requests() == 0
            ? Optional.empty()
            : Optional.of(100 * served.failing().rate());
    List<Trials> trials = candidate.stream().map(Tally::failing).toList();
    add(new Measure(
            "error rate", outcome(percent / 100, trials), actual, Optional.of(percent), "%",
            served.requests(), note));
  }

  private void latency(String name, double share, long millis) {
    Histogram latencies = served.latencies();
    Optional<Double> actual =
        latencies.count() == 0 ? Optional.empty() : Optional.of(latencies.percentile(share));
    List<Trials> trials = candidate.stream().map(t -> t.slowerThan((double) millis)).toList();
    add(new Measure(
            name, outcome(1 - share, trials), actual, Optional.of((double) millis), "ms",
            latencies.count(), ""));
  }

  private Outcome outcome(double limit, List<Trials> trials) {
    if (limit >= 1) {
      return Outcome.HEALTHY;
    }
    SequentialTest test =
        new SequentialTest(
            limit, policy.sampling().minRequests(), alpha, 1 - policy.confidence());
    SequentialTest.Standing standing = test.judge(trials);
    if (standing.condemned() > policy.tolerance().failureLimit()) {
      return Outcome.UNHEALTHY;
    }
    return standing.cleared() && !standing.now() ? Outcome.HEALTHY : Outcome.INCONCLUSIVE;
  }

  /** Says with an inconclusive measure what it lacks. */
  private void add(Measure m) {
    String lack =
        m.outcome() != Outcome.INCONCLUSIVE
            ? ""
            : windows.count() == 0
                ? "no window is over yet"
                : m.samples() < policy.sampling().minRequests() ? "too few to tell" : "not clear yet";
    String note =
        m.note().isEmpty() || lack.isEmpty() ? m.note() + lack : m.note() + ", " + lack;
    measures.add(
        new Measure(
            m.name(), m.outcome(), m.actual(), m.threshold(), m.unit(), m.samples(), note));
  }

  private void compare(GatePolicy.Increase allowed) {
    AgainstStable against = new AgainstStable(candidate, stable, alpha);
    if (served.requests() > 0 && beside.requests() > 0) {
      allowed.errors().ifPresent(points -> compareErrors(against, points));
    }
    if (served.latencies().count() > 0 && beside.latencies().count() > 0) {
      allowed.latencyPercent().ifPresent(percent -> compareLatency(against, percent));
    }
  }

  private void compareErrors(AgainstStable against, double points) {
    double normal = 100 * beside.failing().rate();
    measures.add(
        new Measure(
            "error rate beside stable",
            worse(against.failing(points / 100)),
            Optional.of(100 * served.failing().rate()),
            Optional.of(normal + points),
            "%",
            served.requests(),
            "stable has %s of %d".formatted(Measure.number(normal, "%"), beside.requests())));
  }

  private void compareLatency(AgainstStable against, double percent) {
    double normal = beside.latencies().percentile(0.95);
    measures.add(
        new Measure(
            "p95 beside stable",
            worse(against.slower(1 + percent / 100)),
            Optional.of(served.latencies().percentile(0.95)),
            Optional.of(normal * (1 + percent / 100)),
            "ms",
            served.latencies().count(),
            "stable has %s of %d".formatted(Measure.number(normal, "ms"), beside.requests())));
  }

  private Outcome worse(int windows) {
    return windows > policy.tolerance().failureLimit() ? Outcome.UNHEALTHY : Outcome.HEALTHY;
  }
}
