package dev.slipway.release;

/**
 * Requests, and how many of them count as failures.
 *
 * @param count all of them
 */
record Trials(long count, long failures) {

  static final Trials NONE = new Trials(0, 0);

  Trials plus(Trials other) {
    return new Trials(count + other.count, failures + other.failures);
  }

  /** The share that failed, from 0 to 1; 0 of none. */
  double rate() {
    return count == 0 ? 0 : (double) failures / count;
  }
}
