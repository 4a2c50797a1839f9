package dev.slipway.local.builds.image;

import java.nio.file.Path;

/**
 * One layer of an image.
 *
 * @param file where it lies, a tar file gzipped
 * @param digest the SHA-256 of that file, {@code sha256:HEX}
 * @param size the bytes of that file
 * @param diffId the SHA-256 of the tar file within, {@code sha256:HEX}
 */
public record Layer(Path file, String digest, long size, String diffId) {

  /** The same, moved. */
  Layer at(Path place) {
    return new Layer(place, digest, size, diffId);
  }
}
