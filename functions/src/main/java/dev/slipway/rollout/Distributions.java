package dev.slipway.rollout;

import com.google.api.Distribution;
import com.google.api.Distribution.BucketOptions;
import dev.slipway.release.Histogram;
import java.util.ArrayList;
import java.util.List;

/** Reads Monitoring's distributions. */
final class Distributions {

  private Distributions() {}

  /** The buckets anything fell into. */
  static Histogram histogram(Distribution distribution) {
    List<Histogram.Bucket> buckets = new ArrayList<>();
    BucketOptions options = distribution.getBucketOptions();
    for (int i = 0; i < distribution.getBucketCountsCount(); i++) {
      long count = distribution.getBucketCounts(i);
      if (count > 0) {
        double from = i == 0 ? 0 : bound(options, i - 1);
        double to = i > last(options) ? Double.POSITIVE_INFINITY : bound(options, i);
        buckets.add(new Histogram.Bucket(from, to, count));
      }
    }
    return new Histogram(buckets);
  }

  /** The number of the bucket before the one that has no upper bound. */
  private static int last(BucketOptions options) {
    return switch (options.getOptionsCase()) {
      case LINEAR_BUCKETS -> options.getLinearBuckets().getNumFiniteBuckets();
      case EXPONENTIAL_BUCKETS -> options.getExponentialBuckets().getNumFiniteBuckets();
      case EXPLICIT_BUCKETS -> options.getExplicitBuckets().getBoundsCount() - 1;
      case OPTIONS_NOT_SET -> -1;
    };
  }

  private static double bound(BucketOptions options, int i) {
    return switch (options.getOptionsCase()) {
      case LINEAR_BUCKETS -> {
        BucketOptions.Linear linear = options.getLinearBuckets();
        yield linear.getOffset() + linear.getWidth() * i;
      }
      case EXPONENTIAL_BUCKETS -> {
        BucketOptions.Exponential exponential = options.getExponentialBuckets();
        yield exponential.getScale() * Math.pow(exponential.getGrowthFactor(), i);
      }
      case EXPLICIT_BUCKETS -> options.getExplicitBuckets().getBounds(i);
      case OPTIONS_NOT_SET -> 0;
    };
  }
}
