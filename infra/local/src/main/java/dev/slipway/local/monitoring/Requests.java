package dev.slipway.local.monitoring;

import java.time.Instant;
import java.util.List;

/** Where Cloud Monitoring reads what was served: counters by second, for the last hour at least. */
public interface Requests {

  /** What ended at or after {@code from} and before {@code to}, in order of time. */
  List<Sample> read(Instant from, Instant to);

  /** The finite latency buckets: the first begins at 1 ms, each next at {@link #GROWTH} times. */
  int FINITE_BUCKETS = 66;

  /** The ratio of neighbouring bucket bounds. */
  double GROWTH = 1.4;

  /**
   * The requests one revision answered with one status in one second.
   *
   * @param second the second's beginning
   * @param latencies how many fell into each bucket: below 1 ms, the finite ones, above
   * @param totalMillis the sum of their latencies
   */
  record Sample(
      Instant second,
      String project,
      String location,
      String service,
      String revision,
      int responseCode,
      long count,
      List<Long> latencies,
      double totalMillis) {}
}
