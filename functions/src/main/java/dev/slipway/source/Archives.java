package dev.slipway.source;

import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;

/** The archives of another environment. */
public interface Archives {

  /**
   * Copies the canonical archive of a release there into this environment's source bucket, or adopts
   * the copy that is there.
   *
   * @throws RuntimeException when the storage cannot be reached: a retry can help
   */
  StoredObject keep(Source there);
}
