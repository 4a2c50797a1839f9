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
 * @param compareToStable by how much it may be worse than the stable revision in the same time
 * @param confidence how sure a verdict is, from 0.5 to below 1: of candidates that keep to every
 *     limit at most 1 - confidence are condemned in a step, of candidates bad enough for the
 *     sample to show (see {@link SequentialTest}) at most as many are found healthy
 */
public record GatePolicy(
    @Setting(
            "whether it is judged at all; without, a step is over when its hold is, as long as the"
                + " revision does not break")
        boolean enabled,
    @Setting(value = "What answers must keep to.", inline = true) Limits limits,
    @Setting(value = "What is measured, and when it can be read.", inline = true)
        Sampling sampling,
    @Setting(value = "What is borne before something is done.", inline = true)
        Tolerance tolerance,
    @Setting("By how much it may be worse than the stable revision in the same windows.")
        Comparison compareToStable,
    @Setting(
            value =
                "how sure a verdict is: of candidates that keep to the limits at most 1 - confidence"
                    + " are rolled back in a step, and at most as many pass that are bad enough for"
                    + " the sample to show; from 0.5 to below 1",
            max = 1)
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
          new Comparison(new Increase(1, Optional.empty())),
          0.95);

  /** Nothing is measured: a step is over when its hold is. */
  public static final GatePolicy OFF =
      new GatePolicy(
          false,
          DEFAULT.limits(),
          DEFAULT.sampling(),
          DEFAULT.tolerance(),
          DEFAULT.compareToStable(),
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
   * @param latencyP50Ms within which half of the requests must be answered, if that matters
   * @param latencyP95Ms the same for 95 of a hundred
   * @param latencyP99Ms the same for 99 of a hundred
   */
  public record Limits(
      @Setting(value = "of 100 requests at most so many answered by 5xx", max = 100)
          double maxErrorRatePercent,
      @Setting(
              value = "half of the requests take no longer",
              unit = "milliseconds",
              min = 1,
              max = 3_600_000)
          Optional<Long> latencyP50Ms,
      @Setting(
              value = "95 of 100 requests take no longer",
              unit = "milliseconds",
              min = 1,
              max = 3_600_000)
          Optional<Long> latencyP95Ms,
      @Setting(
              value = "99 of 100 requests take no longer",
              unit = "milliseconds",
              min = 1,
              max = 3_600_000)
          Optional<Long> latencyP99Ms) {
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
  public record Sampling(
      @Setting("how long a window is; on Google Cloud, less than a minute makes no sense")
          Duration window,
      @Setting("how old requests must be to be judged: Monitoring shows them minutes later")
          Duration lag,
      @Setting(
              value =
                  "so many requests, none of them failing, are enough to find a revision healthy;"
                      + " each that fails asks for more",
              min = 1,
              max = 1_000_000)
          int minRequests,
      @Setting(
              value =
                  "so many requests a window Slipway sends itself, by the candidate's tag, while"
                      + " users send fewer and it cannot be judged; 0 for none",
              max = 1000)
          int syntheticRequests) {
    public Sampling {
      require(window.toSeconds() >= 1, "window must be at least 1s");
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
  public record Tolerance(
      @Setting(value = "so many unhealthy windows of a step are let pass", max = 1000)
          int failureLimit,
      @Setting(
              value =
                  "so many windows past hold and lag a step is waited for that cannot be judged",
              max = 1000)
          int inconclusiveLimit,
      @Setting(
              "what then becomes of one with fewer than `minRequests`; with more, or where they could"
                  + " not be read, it is paused in any case")
          NoData noData) {
    public Tolerance {
      require(failureLimit >= 0, "failureLimit must not be below zero");
      require(inconclusiveLimit >= 0, "inconclusiveLimit must not be below zero");
    }
  }

  /** By how much the candidate may be worse than stable, in the same windows. */
  public record Comparison(@Setting("How much worse.") Increase allowedIncrease) {}

  /**
   * How much worse.
   *
   * @param errorRatePercent in percentage points
   * @param latencyPercent of stable's 95th percentile; empty when latencies are not compared
   */
  public record Increase(
      @Setting(
              value =
                  "by so many percentage points more of its requests may fail; 100 switches the"
                      + " comparison off",
              max = 100)
          double errorRatePercent,
      @Setting(
              value = "by so much longer its 95th percentile may be; not compared where none",
              unit = "percent",
              max = 10_000)
          Optional<Double> latencyPercent) {

    Optional<Double> errors() {
      return errorRatePercent < 100 ? Optional.of(errorRatePercent) : Optional.empty();
    }
  }

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
