package dev.slipway.release;

import java.util.List;

/**
 * Whether a candidate is worse than the stable revision was in the same windows, by more than is
 * allowed.
 *
 * <p>Both are known by samples only. So the candidate counts as worse only when the least it can
 * reasonably be is above the most stable can reasonably be. The comparison condemns and never
 * clears: a stable revision that is itself bad, or serves nobody, stands in no candidate's way. Look
 * number k, from 0, may err with probability alpha / ((k + 1) (k + 2)), half of it for either
 * revision: alpha in all.
 */
final class AgainstStable {

  /** The share of requests that a 95th percentile leaves out. */
  private static final double TAIL = 0.05;

  private final List<Tally> candidate;
  private final List<Tally> stable;
  private final double alpha;

  AgainstStable(List<Tally> candidate, List<Tally> stable, double alpha) {
    this.candidate = candidate;
    this.stable = stable;
    this.alpha = alpha;
  }

  /**
   * In how many windows more requests failed than of stable's.
   *
   * @param allowed how much larger the share may be, from 0 to 1
   */
  int failing(double allowed) {
    int worse = 0;
    Trials seen = Trials.NONE;
    Trials known = Trials.NONE;
    for (int k = 0; k < candidate.size(); k++) {
      Trials window = candidate.get(k).failing();
      seen = seen.plus(window);
      known = known.plus(stable.get(k).failing());
      double limit = RateBounds.upper(known, error(k)) + allowed;
      worse += RateBounds.lower(seen, error(k)) > limit && window.rate() > limit ? 1 : 0;
    }
    return worse;
  }

  /**
   * In how many windows more than a twentieth of the requests took longer than all but a twentieth
   * of stable's.
   *
   * @param factor how much longer they may take
   */
  int slower(double factor) {
    int worse = 0;
    Tally seen = Tally.NONE;
    Tally known = Tally.NONE;
    for (int k = 0; k < candidate.size(); k++) {
      seen = seen.plus(candidate.get(k));
      known = known.plus(stable.get(k));
      double error = error(k);
      double limit = slowest(known.latencies(), error) * factor;
      boolean beyond =
          limit > 0
              && RateBounds.lower(seen.slowerThan(limit), error) > TAIL
              && candidate.get(k).slowerThan(limit).rate() > TAIL;
      worse += beyond ? 1 : 0;
    }
    return worse;
  }

  private double error(int look) {
    return alpha / 2 / ((look + 1.0) * (look + 2.0));
  }

  /** The time all but a twentieth of the requests keep within, for sure; 0 where too few tell. */
  private static double slowest(Histogram latencies, double alpha) {
    for (Histogram.Bucket bucket : latencies.buckets()) {
      Trials slower = new Trials(latencies.count(), latencies.slowerThan(bucket.to()));
      if (!Double.isInfinite(bucket.to()) && RateBounds.upper(slower, alpha) <= TAIL) {
        return bucket.to();
      }
    }
    return 0;
  }
}
