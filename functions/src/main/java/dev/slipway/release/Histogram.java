package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How long requests took: how many fell between which bounds, in milliseconds.
 *
 * @param buckets in order, none overlapping another
 */
public record Histogram(List<Bucket> buckets) {

  public static final Histogram EMPTY = new Histogram(List.of());

  public Histogram {
    buckets = List.copyOf(buckets);
  }

  /** So many requests took at least {@code from} and less than {@code to}. */
  public record Bucket(double from, double to, long count) {

    /** How many of them took longer than that, were they spread evenly. */
    double slowerThan(double millis) {
      if (millis <= from) {
        return count;
      }
      return millis >= to || Double.isInfinite(to) ? 0 : count * (to - millis) / (to - from);
    }
  }

  public long count() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /** How many took longer than that; within a bucket they count as spread evenly. */
  public long slowerThan(double millis) {
    return Math.round(buckets.stream().mapToDouble(b -> b.slowerThan(millis)).sum());
  }

  /**
   * The time within which a share of the requests was answered, as near as the buckets tell.
   *
   * @param share above 0, at most 1
   */
  public double percentile(double share) {
    double left = share * count();
    for (Bucket bucket : buckets) {
      if (left <= bucket.count()) {
        return Double.isInfinite(bucket.to())
            ? bucket.from()
            : bucket.from() + (bucket.to() - bucket.from()) * left / bucket.count();
      }
      left -= bucket.count();
    }
    return 0;
  }

  Histogram plus(Histogram other) {
    TreeMap<Double, Bucket> sum = new TreeMap<>();
    List<Bucket> all = new ArrayList<>(buckets);
    all.addAll(other.buckets);
    for (Bucket b : all) {
      sum.merge(b.from(), b, (x, y) -> new Bucket(x.from(), x.to(), x.count() + y.count()));
    }
    return new Histogram(List.copyOf(sum.values()));
  }
}
