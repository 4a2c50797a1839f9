package dev.slipway.release;

/**
 * The size of an image nobody took care of, to hold Slipway's against: a documented figure, of
 * a published article on Rust images for Cloud Run (some 600 MB before, 27.5 MB after it was built
 * in stages), not measured here.
 */
public final class NaiveImage {

  /** Bytes, documented. */
  public static final long BYTES = 600_000_000;

  /** What the same article came down to, documented. */
  public static final long OPTIMISED_BYTES = 27_500_000;

  private NaiveImage() {}
}
