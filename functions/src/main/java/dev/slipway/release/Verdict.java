package dev.slipway.release;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a gate found of a revision that serves.
 *
 * <p>The worst measure decides: unhealthy beats error beats inconclusive beats healthy. What was
 * seen to be bad is bad, whatever else could not be read; and what could not be read is not made up
 * for by what could.
 *
 * @param outcome of all measures together
 * @param measures every one of them
 * @param since when the step began that was judged
 * @param until when the last window ended that was judged
 * @param requests how many the candidate answered in that time
 * @param synthetic how many of them Slipway sent itself
 */
public record Verdict(
    Outcome outcome,
    List<Measure> measures,
    Instant since,
    Instant until,
    long requests,
    long synthetic) {

  public Verdict {
    measures = List.copyOf(measures);
  }

  /** What there is to find, from good to bad. */
  public enum Outcome {
    /** Every measure keeps to its limit, and the sample is large enough to say so. */
    HEALTHY,
    /** Too little is known. */
    INCONCLUSIVE,
    /** What is needed could not be read. */
    ERROR,
    /** A measure is beyond its limit, and the sample is large enough to say so. */
    UNHEALTHY
  }

  static Verdict of(List<Measure> measures, Windows windows, long requests, long synthetic) {
    Outcome worst =
        measures.stream()
            .map(Measure::outcome)
            .max(Comparator.naturalOrder())
            .orElse(Outcome.HEALTHY);
    return new Verdict(
        worst, measures, windows.since(), windows.until(), requests, synthetic);
  }

  /** The measures that made it what it is, in words. */
  public String reason() {
    return measures.stream()
        .filter(m -> m.outcome() == outcome)
        .map(Measure::words)
        .collect(Collectors.joining("; "));
  }

  /** Every measure in words, the worst first. */
  public List<String> words() {
    return measures.stream()
        .sorted(Comparator.comparing(Measure::outcome).reversed())
        .map(Measure::words)
        .toList();
  }

  /** The measure of that name. */
  public Optional<Measure> measure(String name) {
    return measures.stream().filter(m -> m.name().equals(name)).findFirst();
  }
}
