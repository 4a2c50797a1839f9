package dev.slipway.source;

import dev.slipway.release.Upload;

/** Takes uploads in: the port to the bucket teams upload to. */
public interface Sources {

  /**
   * Streams the upload once, checks it whole, describes the crates in it and keeps a canonical,
   * content-addressed copy of it. Doing so twice ends in the same copy.
   *
   * @throws RuntimeException when the storage cannot be reached: a retry can help
   */
  Inspection inspect(Upload upload);
}
