package dev.slipway.release;

import java.util.Optional;

/**
 * A build as Cloud Build shows it.
 *
 * @param id Cloud Build's id
 * @param release the release its tag names
 * @param progress where it stands
 */
public record BuildState(String id, ReleaseId release, Progress progress) {

  /** Where a build stands. */
  public sealed interface Progress {}

  /** Queued or working. */
  public record Running() implements Progress {}

  /**
   * Done and pushed.
   *
   * @param digest {@code sha256:...} of the pushed manifest
   * @param report what the build said of itself, absent when it said nothing readable
   * @param timing when and on what it ran
   */
  public record Succeeded(
      String digest, Optional<BuildReport> report, Optional<BuildTiming> timing)
      implements Progress {

    /** One whose times are not known. */
    public Succeeded(String digest, Optional<BuildReport> report) {
      this(digest, report, Optional.empty());
    }
  }

  /**
   * Ended without an image through the crate's own fault: the same source fails again.
   *
   * @param excerpt the compiler's own words, at most 4 KB
   * @param timing when and on what it ran
   */
  public record Broken(String reason, String excerpt, Optional<BuildTiming> timing)
      implements Progress {

    /** One whose times are not known. */
    public Broken(String reason, String excerpt) {
      this(reason, excerpt, Optional.empty());
    }
  }

  /** Ended without an image through the builder's fault: another try can help. */
  public record Lost(String reason) implements Progress {}

  /** Cancelled by someone. */
  public record Stopped() implements Progress {}
}
