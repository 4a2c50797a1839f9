package dev.slipway.release;

import java.time.Duration;
import java.util.Optional;

/**
 * How a revision that serves is judged, at each step and while it is watched.
 *
 * @param enabled whether it is judged at all
 * @param limits what its answers must keep to
 * @param sampling what is measured, and when it can be read
 * @param tolerance what is borne before something is done
 * @param compareToStable by how much it may be worse than the stable revision in the same time;
 *     empty when the two are not compared
 * @param confidence how sure a verdict is, from 0.5 to below 1: of candidates that keep to every
 *     limit at most 1 - confidence are condemned in a step, of candidates bad enough for the
 *     sample to show (see {@link SequentialTest}) at most as many are found healthy
 */
public record GatePolicy(
    boolean enabled,
    Limits limits,
    Sampling sampling,
    Tolerance tolerance,
    Optional<Comparison> compareToStable,
    double confidence) {

  /**
   * Judged by the minute; at most 1 % of 100 requests may fail, and 1 percentage point more than
   * of stable's. No limit of latency: what is slow is for the team to say.
   */
  public static final GatePolicy DEFAULT =
      new GatePolicy(
          true,
          new Limits(1, Optional.empty(), Optional.empty(), Optional.empty()),
          new Sampling(Duration.ofMinutes(1), Duration.ofMinutes(3), 100, 20),
          new Tolerance(0, 10, NoData.PAUSE),
          Optional.of(new Comparison(Optional.of(1.0), Optional.empty())),
          0.95);

  /** Nothing is measured: a step is over when its hold is. */
  public static final GatePolicy OFF =
      new GatePolicy(
          false,
          DEFAULT.limits(),
          DEFAULT.sampling(),
          DEFAULT.tolerance(),
          Optional.empty(),
          DEFAULT.confidence());

  public GatePolicy {
    require(confidence >= 0.5 && confidence < 1, "confidence must be from 0.5 to below 1");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("gate: " + what);
    }
  }

  /**
   * What answers must keep to.
   *
   * @param maxErrorRatePercent how many of a hundred requests may be answered by 5xx
   * @param p50 milliseconds within which half of the requests must be answered, if that matters
   * @param p95 the same for 95 of a hundred
   * @param p99 the same for 99 of a hundred
   */
  public record Limits(
      double maxErrorRatePercent, Optional<Long> p50, Optional<Long> p95, Optional<Long> p99) {
    public Limits {
      require(
          maxErrorRatePercent >= 0 && maxErrorRatePercent <= 100,
          "maxErrorRatePercent must be from 0 to 100");
    }
  }

  /**
   * What is measured.
   *
   * @param window the step's time is cut into windows of this length, each judged when it is over
   * @param lag how long after a request it may be before it can be read; younger ones are not
   *     judged
   * @param minRequests how many requests, none of them failing, suffice to find a revision healthy;
   *     each that fails asks for more
   * @param syntheticRequests how many requests Slipway itself sends a window, at most, while users
   *     send too few; 0 for none
   */
  public record Sampling(Duration window, Duration lag, int minRequests, int syntheticRequests) {
    public Sampling {
      require(window.isPositive(), "window must be above zero");
      require(!lag.isNegative(), "lag must not be below zero");
      require(minRequests > 0, "minRequests must be above zero");
      require(syntheticRequests >= 0, "syntheticRequests must not be below zero");
    }

    /** The same where everything can be read at once, as logs can. */
    public Sampling prompt() {
      return new Sampling(window, Duration.ZERO, minRequests, syntheticRequests);
    }
  }

  /**
   * What is borne.
   *
   * @param failureLimit so many unhealthy windows of a step are let pass; with one more the
   *     release is rolled back
   * @param inconclusiveLimit for so many windows after the hold a step that cannot be judged is
   *     waited for
   * @param noData what then happens to one with too few requests
   */
  public record Tolerance(int failureLimit, int inconclusiveLimit, NoData noData) {
    public Tolerance {
      require(failureLimit >= 0, "failureLimit must not be below zero");
      require(inconclusiveLimit >= 0, "inconclusiveLimit must not be below zero");
    }
  }

  /**
   * By how much the candidate may be worse than stable.
   *
   * @param errorRatePercent in percentage points; empty when error rates are not compared
   * @param latencyPercent of stable's 95th percentile; empty when latencies are not compared
   */
  public record Comparison(Optional<Double> errorRatePercent, Optional<Double> latencyPercent) {}

  /** What happens when a step's time is up and too few requests came to judge it. */
  public enum NoData {
    /** A person decides. */
    PAUSE,
    /** The rollout goes on. */
    PASS,
    /** The release is rolled back. */
    FAIL
  }
}
