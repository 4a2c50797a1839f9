package dev.slipway.release;

import java.time.Duration;
import java.util.List;

/**
 * How a team wants its releases brought out.
 *
 * @param steps shares of traffic in percent, rising, the last 100
 * @param hold how long each step lasts before the next
 * @param smoke what a candidate must answer; a crate may name another path
 * @param contest what a newer upload does to an older one that is not live yet
 * @param buildDeadline after which a build that has not ended counts as failed
 * @param candidateDeadline after which a candidate that is not ready, or cannot be moved, is given
 *     up
 * @param buildAttempts how often a build is tried that the builder itself failed
 * @param budget how large an image may be
 * @param advisories what is done about a package with a known fault
 * @param gate how a revision that serves is judged
 */
public record Policy(
    List<Integer> steps,
    Duration hold,
    SmokeTest smoke,
    Contest contest,
    Duration buildDeadline,
    Duration candidateDeadline,
    int buildAttempts,
    Budget budget,
    Reaction advisories,
    GatePolicy gate) {

  /** 10, 50, 100 percent, five minutes each; the newest upload wins. */
  public static final Policy DEFAULT =
      new Policy(
          List.of(10, 50, 100),
          Duration.ofMinutes(5),
          new SmokeTest("/", Duration.ofSeconds(10), 3),
          Contest.SUPERSEDE,
          Duration.ofHours(1),
          Duration.ofMinutes(15),
          2);

  /** A policy without a size budget, which warns of advisories. */
  public Policy(
      List<Integer> steps,
      Duration hold,
      SmokeTest smoke,
      Contest contest,
      Duration buildDeadline,
      Duration candidateDeadline,
      int buildAttempts) {
    this(
        steps,
        hold,
        smoke,
        contest,
        buildDeadline,
        candidateDeadline,
        buildAttempts,
        Budget.NONE,
        Reaction.WARN,
        GatePolicy.DEFAULT);
  }

  public Policy {
    steps = List.copyOf(steps);
    requireRising(steps);
    requirePositive("hold", hold);
    requirePositive("buildDeadline", buildDeadline);
    requirePositive("candidateDeadline", candidateDeadline);
    if (buildAttempts < 1) {
      throw new IllegalArgumentException("buildAttempts must be at least 1, not " + buildAttempts);
    }
  }

  private static void requireRising(List<Integer> steps) {
    int before = 0;
    for (int step : steps) {
      if (step <= before || step > 100) {
        throw new IllegalArgumentException("steps must rise from above 0 to 100: " + steps);
      }
      before = step;
    }
    if (before != 100) {
      throw new IllegalArgumentException("the last step must be 100: " + steps);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero, not " + value);
    }
  }

  /** The same with another judgement of images. */
  public Policy judging(Budget newBudget, Reaction onAdvisories) {
    return new Policy(
        steps,
        hold,
        smoke,
        contest,
        buildDeadline,
        candidateDeadline,
        buildAttempts,
        newBudget,
        onAdvisories,
        gate);
  }

  /** The same with another gate. */
  public Policy gatedBy(GatePolicy newGate) {
    return new Policy(
        steps,
        hold,
        smoke,
        contest,
        buildDeadline,
        candidateDeadline,
        buildAttempts,
        budget,
        advisories,
        newGate);
  }

  /** What happens when two releases of a service want its slot. */
  public enum Contest {
    /** The newest upload takes over; the older release ends. */
    SUPERSEDE,
    /** One after another, the oldest first. */
    QUEUE
  }

  /** The smoke test of a crate. */
  public SmokeTest smokeOf(Crate crate) {
    return crate
        .settings()
        .health()
        .map(path -> new SmokeTest(path, smoke.timeout(), smoke.requests()))
        .orElse(smoke);
  }
}
