package dev.slipway.build;

import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;

/** Brings images of other repositories into this environment's. */
public interface Copies {

  /**
   * Copies an image by its digest; one that is there already is left as it is.
   *
   * @param from the image where it is
   * @param release whose image it becomes here
   * @return the same image as it is called here
   * @throws IllegalArgumentException when what lies there is not that image: no retry helps
   * @throws RuntimeException when a registry cannot be reached: a retry can help
   */
  Image copy(Image from, ReleaseId release);
}
