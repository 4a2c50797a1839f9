package dev.slipway.source;

import dev.slipway.release.Lock;
import dev.slipway.release.Source;

/** Reads what a release was built from. */
public interface Locks {

  /**
   * The Cargo.lock of a source that was accepted.
   *
   * @throws RuntimeException when it cannot be read
   */
  Lock of(Source source);
}
