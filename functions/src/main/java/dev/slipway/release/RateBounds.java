package dev.slipway.release;

/**
 * RateBounds of a rate of which only a sample is known, by Chernoff (W. Hoeffding, "Probability
 * Inequalities for Sums of Bounded Random Variables", 1963): the true one is beyond a bound at most
 * with probability {@code alpha}.
 */
final class RateBounds {

  private static final int HALVINGS = 50;

  private RateBounds() {}

  static double upper(Trials sample, double alpha) {
    return farthest(sample, alpha, 1);
  }

  static double lower(Trials sample, double alpha) {
    return farthest(sample, alpha, 0);
  }

  /** The rate farthest towards {@code end} that the sample still allows. */
  private static double farthest(Trials sample, double alpha, double end) {
    double near = sample.rate();
    double far = end;
    if (sample.count() == 0 || near == end) {
      return end;
    }
    double allowed = -Math.log(alpha) / sample.count();
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (near + far) / 2;
      if (divergence(sample.rate(), middle) <= allowed) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return near;
  }

  private static double divergence(double p, double q) {
    return term(p, q) + term(1 - p, 1 - q);
  }

  private static double term(double p, double q) {
    return p == 0 ? 0 : p * Math.log(p / q);
  }
}
