package dev.slipway.local.builds;

import java.io.IOException;
import java.nio.file.Path;

/** The registry a build pushes its image to. */
public interface ImageStore {

  /** Stores a copy of {@code file}, whose digest is {@code digest} ({@code sha256:HEX}). */
  void blob(String digest, Path file) throws IOException;

  /**
   * Stores a manifest whose blobs are there already under an image name with a tag.
   *
   * @return its digest, {@code sha256:HEX}
   */
  String manifest(String image, String mediaType, byte[] manifest) throws IOException;
}
