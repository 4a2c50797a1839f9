package dev.slipway.local.monitoring;

import com.google.api.Distribution;
import com.google.monitoring.v3.Aggregation.Aligner;
import com.google.monitoring.v3.TypedValue;
import dev.slipway.local.server.Calls;
import java.util.List;

/** Requests added up: how many, how they were spread over the latency buckets, and their sum. */
final class Tally {

  private final long[] buckets = new long[Requests.FINITE_BUCKETS + 2];
  private long count;
  private double millis;

  void add(Requests.Sample sample) {
    count += sample.count();
    millis += sample.totalMillis();
    List<Long> latencies = sample.latencies();
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] += latencies.get(i);
    }
  }

  /** The count, as the aligner wants it. */
  TypedValue counted(Aligner aligner, double seconds) {
    return switch (aligner) {
      case ALIGN_NONE, ALIGN_DELTA, ALIGN_SUM ->
          TypedValue.newBuilder().setInt64Value(count).build();
      case ALIGN_RATE -> number(count / seconds);
      default -> throw unsupported(aligner);
    };
  }

  /** The latencies, as the aligner wants them: a distribution, or one number in milliseconds. */
  TypedValue timed(Aligner aligner) {
    return switch (aligner) {
      case ALIGN_NONE, ALIGN_DELTA, ALIGN_SUM ->
          TypedValue.newBuilder().setDistributionValue(distribution()).build();
      case ALIGN_PERCENTILE_99 -> number(percentile(0.99));
      case ALIGN_PERCENTILE_95 -> number(percentile(0.95));
      case ALIGN_PERCENTILE_50 -> number(percentile(0.50));
      case ALIGN_PERCENTILE_05 -> number(percentile(0.05));
      case ALIGN_MEAN -> number(count == 0 ? 0 : millis / count);
      case ALIGN_COUNT -> TypedValue.newBuilder().setInt64Value(count).build();
      default -> throw unsupported(aligner);
    };
  }

  /** Interpolated within its bucket, as Monitoring does, which knows nothing finer. */
  private double percentile(double share) {
    double rank = share * count;
    double seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] > 0 && seen + buckets[i] >= rank) {
        double low = i == 0 ? 0 : Math.pow(Requests.GROWTH, i - 1.0);
        double high = i > Requests.FINITE_BUCKETS ? low : Math.pow(Requests.GROWTH, i);
        return low + (high - low) * Math.max(0, rank - seen) / buckets[i];
      }
      seen += buckets[i];
    }
    return 0;
  }

  private Distribution distribution() {
    Distribution.Builder distribution =
        Distribution.newBuilder().setCount(count).setMean(count == 0 ? 0 : millis / count);
    distribution
        .getBucketOptionsBuilder()
        .getExponentialBucketsBuilder()
        .setNumFiniteBuckets(Requests.FINITE_BUCKETS)
        .setGrowthFactor(Requests.GROWTH)
        .setScale(1);
    int last = buckets.length - 1;
    while (last >= 0 && buckets[last] == 0) {
      last--;
    }
    for (int i = 0; i <= last; i++) {
      distribution.addBucketCounts(buckets[i]);
    }
    return distribution.build();
  }

  private static TypedValue number(double value) {
    return TypedValue.newBuilder().setDoubleValue(value).build();
  }

  private static RuntimeException unsupported(Aligner aligner) {
    return Calls.invalid("The aligner %s does not fit this metric here.".formatted(aligner));
  }
}
