package dev.slipway.audit;

/** Where known faults of packages are looked up. */
public interface Advisories {

  /**
   * The database as it is now.
   *
   * @throws RuntimeException when it cannot be read
   */
  AdvisoryDatabase current();
}
