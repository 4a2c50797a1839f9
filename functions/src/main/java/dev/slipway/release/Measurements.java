package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of a candidate and of the stable revision beside it.
 *
 * @param problem why nothing could be read, where nothing could
 */
public record Measurements(
    List<Slice> candidate, List<Slice> stable, Optional<String> problem) {

  /** Nothing was served. */
  public static final Measurements NONE = of(List.of(), List.of());

  public Measurements {
    candidate = List.copyOf(candidate);
    stable = List.copyOf(stable);
  }

  public static Measurements of(List<Slice> candidate, List<Slice> stable) {
    return new Measurements(candidate, stable, Optional.empty());
  }

  /** They could not be read. */
  public static Measurements unreadable(String why) {
    return new Measurements(List.of(), List.of(), Optional.of(why));
  }

  /** What was answered from one time until before another. */
  public record Slice(Instant from, Instant to, Tally tally) {}
}
