package dev.slipway.release;

import java.util.List;

/**
 * Whether requests fail more often than they may, asked again after every window without the
 * asking making a wrong answer likelier.
 *
 * <p>It is Wald's sequential probability ratio test (A. Wald, "Sequential Tests of Statistical
 * Hypotheses", 1945) of the rate that is allowed against the lowest rate that must not pass. The
 * latter is the rate that {@code minRequests} requests without a failure speak against as strongly
 * as asked; so a service with few requests is told bad from good more coarsely, and never by
 * accident. Its promises hold however often one looks, since the likelihood ratio is a
 * non-negative martingale (J. Ville, 1939): with {@code alpha} and {@code beta} from 0 to 1,
 *
 * <ul>
 *   <li>a rate that is allowed is condemned at any look of the step at most with probability
 *       alpha,
 *   <li>a rate of {@link #unacceptable()} or more is cleared at any look, with no window condemned,
 *       at most with probability beta.
 * </ul>
 *
 * <p>A condemned window that the policy lets pass is left out of the sum that clears: who bears a
 * bad window gives up so much of the second promise.
 *
 * <p>Good windows would hide a fault that sets in later. So a test of its own begins with each
 * window, and the windows share alpha among them: the one of number j, from 0, has alpha / ((j + 1)
 * (j + 2)), which all together add up to alpha.
 */
final class SequentialTest {

  private final double limit;
  private final double unacceptable;
  private final double alpha;
  private final double beta;

  /**
   * Where a test stands after some windows.
   *
   * @param condemned in how many windows too much failed, beyond doubt
   * @param now whether in the last one
   * @param cleared whether what the others say is enough to trust
   * @param all every window together
   */
  record Standing(int condemned, boolean now, boolean cleared, Trials all) {}

  /**
   * A test.
   *
   * @param limit the share of failures that is allowed, from 0 to below 1
   * @param minRequests so many requests without a failure are enough to trust
   */
  SequentialTest(double limit, int minRequests, double alpha, double beta) {
    this.limit = limit;
    this.alpha = alpha;
    this.beta = beta;
    unacceptable = 1 - (1 - limit) * Math.pow(beta, 1.0 / minRequests);
  }

  /** The lowest rate that must not pass. */
  double unacceptable() {
    return unacceptable;
  }

  /** Where it stands after these windows, in order. */
  Standing judge(List<Trials> windows) {
    double[] since = new double[windows.size()];
    Trials all = Trials.NONE;
    Trials kept = Trials.NONE;
    int condemned = 0;
    boolean now = false;
    for (int k = 0; k < windows.size(); k++) {
      Trials window = windows.get(k);
      all = all.plus(window);
      now = add(since, k, logRatio(window)) && window.rate() > limit;
      if (now) {
        condemned++;
      } else {
        kept = kept.plus(window);
      }
    }
    boolean cleared = kept.count() > 0 && logRatio(kept) <= Math.log(beta) + 1e-9;
    return new Standing(condemned, now, cleared, all);
  }

  /** Adds window k to every test under way, and says whether one of them condemns. */
  private boolean add(double[] since, int k, double logRatio) {
    boolean condemns = false;
    for (int j = 0; j <= k; j++) {
      since[j] += logRatio;
      condemns |= since[j] >= Math.log((j + 1.0) * (j + 2.0) / alpha);
    }
    return condemns;
  }

  /**
   * How much likelier the window is at the rate that must not pass than at the limit: where nothing
   * may fail, one failure leaves no doubt.
   */
  private double logRatio(Trials window) {
    long good = window.count() - window.failures();
    double bad = window.failures() == 0 ? 0 : window.failures() * Math.log(unacceptable / limit);
    return bad + good * Math.log((1 - unacceptable) / (1 - limit));
  }
}
