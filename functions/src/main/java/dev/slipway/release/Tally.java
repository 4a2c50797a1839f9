package dev.slipway.release;

/**
 * Requests a revision answered.
 *
 * @param requests how many
 * @param errors how many of them by 5xx
 * @param latencies how long they took
 */
public record Tally(long requests, long errors, Histogram latencies) {

  public static final Tally NONE = new Tally(0, 0, Histogram.EMPTY);

  public Tally plus(Tally other) {
    return new Tally(
        requests + other.requests, errors + other.errors, latencies.plus(other.latencies));
  }

  Trials failing() {
    return new Trials(requests, errors);
  }

  Trials slowerThan(double millis) {
    return new Trials(latencies.count(), latencies.slowerThan(millis));
  }
}
