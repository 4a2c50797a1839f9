package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows a step's time falls into: the first begins with the step, each next where the one
 * before ends. They follow from the clock alone, so nobody has to keep count of them.
 *
 * @param since when the step began
 * @param length of each
 * @param count how many are over and can be read
 */
public record Windows(Instant since, Duration length, int count) {

  /** Those that were over at least {@code sampling.lag()} before {@code now}. */
  public static Windows of(Instant since, GatePolicy.Sampling sampling, Instant now) {
    Duration readable = Duration.between(since, now).minus(sampling.lag());
    long count = readable.isNegative() ? 0 : readable.dividedBy(sampling.window());
    return new Windows(since, sampling.window(), Math.toIntExact(count));
  }

  /** When the last one ended. */
  public Instant until() {
    return since.plus(length.multipliedBy(count));
  }

  /**
   * What a revision answered in each, by the windows its measurements end in. One that begins
   * before the step tells of the time before it too and is left out.
   */
  List<Tally> cut(List<Measurements.Slice> slices) {
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tallies.add(Tally.NONE);
    }
    for (Measurements.Slice slice : slices) {
      if (!slice.from().isBefore(since) && !slice.to().isAfter(until())) {
        Duration before = Duration.between(since, slice.to()).minusNanos(1);
        int window = before.isNegative() ? 0 : (int) before.dividedBy(length);
        tallies.set(window, tallies.get(window).plus(slice.tally()));
      }
    }
    return tallies;
  }
}
