package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a promoted release comes from.
 *
 * @param environment name of the environment it is live in
 * @param release its release there
 * @param image its image there: the one that is brought out here, digest for digest
 * @param report what its build said of itself
 * @param liveSince when it last began to be live there
 * @param page address of that release's page; empty where the environment has none
 * @param by who asked for the promotion, in their own word
 * @param reason why, in their words
 */
public record Origin(
    String environment,
    ReleaseId release,
    Image image,
    Optional<BuildReport> report,
    Instant liveSince,
    Optional<String> page,
    Optional<String> by,
    Optional<String> reason) {

  /** {@code staging hello-0123456789ab}. */
  @Override
  public String toString() {
    return environment + " " + release;
  }
}
