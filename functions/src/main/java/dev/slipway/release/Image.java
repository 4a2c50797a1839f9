package dev.slipway.release;

import java.util.List;

/**
 * A container image and its sizes, all in bytes.
 *
 * @param name repository path without tag or digest, {@code HOST/PROJECT/REPOSITORY/SERVICE}
 * @param digest {@code sha256:...} of the manifest
 * @param compressedBytes config plus every layer as stored: what a cold start pulls
 * @param uncompressedBytes the layers' tar streams; -1 when a layer's is not known
 * @param layers in order, the base's first
 */
public record Image(
    String name, String digest, long compressedBytes, long uncompressedBytes, List<Layer> layers) {

  public Image {
    layers = List.copyOf(layers);
  }

  /** Compressed bytes of the base: every layer but the last. */
  public long baseBytes() {
    return layers.stream().mapToLong(Layer::compressedBytes).sum() - appBytes();
  }

  /**
   * Compressed bytes of what is the release's own: the last layer, since Slipway's builds put
   * exactly one on their base.
   */
  public long appBytes() {
    return layers.isEmpty() ? 0 : layers.getLast().compressedBytes();
  }

  /** The same image in another repository. */
  public Image named(String other) {
    return new Image(other, digest, compressedBytes, uncompressedBytes, layers);
  }

  /** The reference that never changes meaning: {@code name@sha256:...}. */
  public String reference() {
    return name + "@" + digest;
  }

  /**
   * One layer.
   *
   * @param digest {@code sha256:...} of the compressed blob
   * @param compressedBytes as stored
   * @param uncompressedBytes its tar stream; -1 when its compression cannot be read here
   */
  public record Layer(String digest, long compressedBytes, long uncompressedBytes) {}
}
