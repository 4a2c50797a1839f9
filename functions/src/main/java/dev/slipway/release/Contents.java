package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/**
 * What is in a release's image, and how that compares with what served when it was built.
 *
 * @param changes since the release that served; absent for a first release
 * @param growth of the image since then; absent for a first release
 * @param sbom its bill of materials, CycloneDX 1.5 in JSON
 * @param advisories what is known against its packages; absent when nobody looked
 * @param gaps what could not be found out, and why: it keeps no release from going on
 */
public record Contents(
    Optional<Changes> changes,
    Optional<Growth> growth,
    Optional<StoredObject> sbom,
    Optional<AdvisoryReport> advisories,
    List<Finding> gaps) {

  /** Of which nothing is known. */
  public static final Contents NONE =
      new Contents(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public Contents {
    gaps = List.copyOf(gaps);
  }

  /**
   * How an image's compressed size moved.
   *
   * @param since the release it is compared with
   * @param from bytes of that release's image
   * @param to bytes of this one's
   */
  public record Growth(ReleaseId since, long from, long to) {

    /** Bytes it grew by; below zero when it shrank. */
    public long bytes() {
      return to - from;
    }

    /** In percent of what it was; 0 when that was nothing. */
    public double percent() {
      return from == 0 ? 0 : 100.0 * bytes() / from;
    }
  }
}
