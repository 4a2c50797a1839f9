package dev.slipway.release;

import java.time.Duration;

/**
 * How long and how often a build is tried.
 *
 * @param buildDeadline after which a build that has not ended counts as failed
 * @param buildAttempts how often a build is tried that the builder itself failed
 */
public record BuildTerms(
    @Setting(
            "without a result after it, the build counts as failed; a release that no build could be"
                + " submitted for so long ends `failed`")
        Duration buildDeadline,
    @Setting(
            value = "how often a build is tried that the builder itself failed",
            min = 1,
            max = 5)
        int buildAttempts) {

  /** An hour, twice. */
  public static final BuildTerms DEFAULT = new BuildTerms(Duration.ofHours(1), 2);

  public BuildTerms {
    Positive.require("buildDeadline", buildDeadline);
    if (buildAttempts < 1) {
      throw new IllegalArgumentException("buildAttempts must be at least 1, not " + buildAttempts);
    }
  }
}
