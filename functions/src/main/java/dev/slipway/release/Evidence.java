package dev.slipway.release;

/** What a revision that serves is judged by. */
public record Evidence(Measurements measurements, Signals signals) {

  /** Nothing was served and nothing logged. */
  public static final Evidence NONE = new Evidence(Measurements.NONE, Signals.NONE);
}
