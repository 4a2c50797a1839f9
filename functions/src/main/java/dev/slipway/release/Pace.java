package dev.slipway.release;

import java.time.Duration;
import java.util.List;

/**
 * How a candidate comes to serve everyone.
 *
 * @param steps shares of traffic in percent, rising, the last 100
 * @param regions one after another, the environment's own first; none for that one alone
 * @param hold how long each step lasts before the next
 * @param warmup requests a candidate is sent, once smoked, before it gets traffic
 * @param watch how long a release is watched at 100% before it counts as live; may be zero
 * @param candidateDeadline after which a candidate that is not ready, or cannot be moved, is given
 *     up
 * @param pauseDeadline after which a paused rollout goes back; zero for never
 * @param heldDeadline after which a release that waits, and nothing happened to, is cancelled; zero
 *     for never
 * @param contest what a newer upload does to an older one that is not live yet
 */
public record Pace(
    @Setting(
            value = "shares of traffic, one after another; rising, the last 100; at most 20",
            unit = "percent",
            min = 1,
            max = 100)
        List<Integer> steps,
    @Setting(
            "regions a service runs in, one after another: each has its own candidate, steps and"
                + " gates, and where one fails, all before it go back. The environment's own first;"
                + " none: that one alone")
        List<String> regions,
    @Setting("how long each step lasts before the next") Duration hold,
    @Setting(
            value =
                "how many requests a candidate answers, once it is smoked, before it gets traffic;"
                    + " a failing one counts as a failed smoke test",
            max = 1000)
        int warmup,
    @Setting(
            "how long a release is watched at 100 % before it is `live`; while it is, it goes back"
                + " by itself when its revision breaks. `0s` for not at all")
        Duration watch,
    @Setting("after it, a candidate that is not ready, or cannot be moved, is given up")
        Duration candidateDeadline,
    @Setting(
            "after it, a rollout that is paused still is rolled back; where people changed its"
                + " traffic meanwhile, it ends `cancelled` and the traffic stays theirs. `0s` for never")
        Duration pauseDeadline,
    @Setting(
            "after it, a release that is `held`, `queued` or `build-queued` and that nothing happened"
                + " to since is cancelled; what waits for the end of a freeze is not. `0s` for never")
        Duration heldDeadline,
    @Setting(
            "what a newer upload does to an older one that is not at 100 % yet: `supersede` ends"
                + " it, `queue` waits its turn: its build for the end of that build, its rollout for"
                + " the end of that rollout and its watch")
        Policy.Contest contest) {

  /** 10, 50, 100 percent, five minutes each, ten minutes' watch; the newest upload wins. */
  public static final Pace DEFAULT =
      new Pace(
          List.of(10, 50, 100),
          List.of(),
          Duration.ofMinutes(5),
          0,
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofDays(7),
          Duration.ofDays(7),
          Policy.Contest.SUPERSEDE);

  private static final int MAX_STEPS = 20;

  public Pace {
    steps = List.copyOf(steps);
    requireRising(steps);
    regions = List.copyOf(regions);
    requireRegions(regions);
    Positive.require("hold", hold);
    Positive.require("candidateDeadline", candidateDeadline);
    if (pauseDeadline.isNegative()) {
      throw new IllegalArgumentException("pauseDeadline must not be below zero");
    }
    if (heldDeadline.isNegative()) {
      throw new IllegalArgumentException("heldDeadline must not be below zero");
    }
  }

  private static void requireRegions(List<String> regions) {
    for (String region : regions) {
      if (!region.matches("[a-z]+-[a-z]+[0-9]+")) {
        throw new IllegalArgumentException(
            "'%s' is no region such as europe-west1".formatted(region));
      }
    }
    if (regions.stream().distinct().count() < regions.size()) {
      throw new IllegalArgumentException("a region comes twice: " + regions);
    }
  }

  private static void requireRising(List<Integer> steps) {
    if (steps.size() > MAX_STEPS) {
      throw new IllegalArgumentException("at most " + MAX_STEPS + " steps, not " + steps.size());
    }
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

  /** The share of a step, in percent; 100 past the last. */
  int percentOf(int step) {
    return step < steps.size() ? steps.get(step) : 100;
  }
}
