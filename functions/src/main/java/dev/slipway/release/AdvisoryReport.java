package dev.slipway.release;

import java.util.List;

/**
 * What an advisory database says of a release's packages.
 *
 * @param database which one, {@code gs://BUCKET/OBJECT#GENERATION}
 * @param found new ones first, at most {@link #MAX_FOUND}
 * @param more how many more there are
 */
public record AdvisoryReport(String database, List<Advisory> found, int more) {

  public static final int MAX_FOUND = 100;

  public AdvisoryReport {
    found = List.copyOf(found);
  }

  /** How many the release before did not have. */
  public long fresh() {
    return found.stream().filter(Advisory::isNew).count();
  }
}
