package dev.slipway.build;

import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;

/** The port to the image registry. */
public interface Images {

  /**
   * Measures the image a release's build pushed.
   *
   * @param digest {@code sha256:...} of its manifest
   */
  Image measure(ReleaseId release, String digest);
}
