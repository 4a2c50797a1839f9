package dev.slipway.build;

import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;
import java.util.Optional;

/** The port to the image registry. */
public interface Images {

  /**
   * Measures the image a release's build pushed.
   *
   * @param digest {@code sha256:...} of its manifest
   */
  Image measure(ReleaseId release, String digest);

  /**
   * What the registry itself says a measured image takes, compressed, in bytes; empty for a registry
   * that says nothing of the kind.
   */
  Optional<Long> stated(Image image);
}
