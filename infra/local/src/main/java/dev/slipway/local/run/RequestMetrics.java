package dev.slipway.local.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was served in the last hour, second by second: how many requests, and how long they took.
 * The latency histogram has the bounds Cloud Run's has: from 1 ms, each 1.4 times the one before.
 */
public final class RequestMetrics {

  /** The number of finite buckets; bucket 0 is below 1 ms, the last above all bounds. */
  public static final int FINITE_BUCKETS = 66;

  /** The ratio of neighbouring bounds; the lowest bound is 1 ms. */
  public static final double GROWTH = 1.4;

  private static final int SECONDS = 3600;

  private final Clock clock;
  private final @Nullable Second[] ring = new Second[SECONDS];

  RequestMetrics(Clock clock) {
    this.clock = clock;
  }

  /**
   * What requests are told apart by.
   *
   * @param revision the short name
   * @param code the HTTP status that was answered
   */
  record Served(ServiceName service, String revision, int code) {}

  /**
   * The requests of one kind that ended within one second.
   *
   * @param second the second's beginning
   * @param location the region
   * @param responseCode the HTTP status
   * @param latencies how many fell into each bucket; {@code FINITE_BUCKETS + 2} of them
   * @param totalMillis the sum of their latencies
   */
  public record Sample(
      Instant second,
      String project,
      String location,
      String service,
      String revision,
      int responseCode,
      long count,
      List<Long> latencies,
      double totalMillis) {}

  private record Second(long epoch, Map<Served, Cell> cells) {}

  private static final class Cell {
    private long count;
    private double millis;
    private final long[] buckets = new long[FINITE_BUCKETS + 2];
  }

  synchronized void record(Served served, Duration latency) {
    long epoch = clock.instant().getEpochSecond();
    int place = Math.floorMod(epoch, SECONDS);
    Second second = ring[place];
    if (second == null || second.epoch() != epoch) {
      second = new Second(epoch, new HashMap<>());
      ring[place] = second;
    }
    Cell cell = second.cells().computeIfAbsent(served, key -> new Cell());
    double millis = Math.max(0, latency.toNanos() / 1e6);
    cell.count++;
    cell.millis += millis;
    cell.buckets[bucket(millis)]++;
  }

  private static int bucket(double millis) {
    if (millis < 1) {
      return 0;
    }
    int bucket = 1 + (int) Math.floor(Math.log(millis) / Math.log(GROWTH));
    return Math.min(bucket, FINITE_BUCKETS + 1);
  }

  /** What ended at or after {@code from} and before {@code to}, in order of time. */
  public synchronized List<Sample> read(Instant from, Instant to) {
    List<Sample> samples = new ArrayList<>();
    long now = clock.instant().getEpochSecond();
    long first = Math.max(from.getEpochSecond(), now - SECONDS + 1);
    long end = Math.min(to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0), now + 1);
    for (long epoch = first; epoch < end; epoch++) {
      Second second = ring[Math.floorMod(epoch, SECONDS)];
      if (second != null && second.epoch() == epoch) {
        second.cells().forEach((served, cell) -> samples.add(sample(second, served, cell)));
      }
    }
    return samples;
  }

  private static Sample sample(Second second, Served served, Cell cell) {
    List<Long> buckets = new ArrayList<>();
    for (long count : cell.buckets) {
      buckets.add(count);
    }
    return new Sample(
        Instant.ofEpochSecond(second.epoch()),
        served.service().project(),
        served.service().location(),
        served.service().service(),
        served.revision(),
        served.code(),
        cell.count,
        List.copyOf(buckets),
        cell.millis);
  }
}
