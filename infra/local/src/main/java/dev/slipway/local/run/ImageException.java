package dev.slipway.local.run;

/** An image cannot be run; the message says which and why. */
final class ImageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean missing;

  ImageException(String message, boolean missing) {
    super(message);
    this.missing = missing;
  }

  ImageException(String message, Throwable cause) {
    super(message, cause);
    this.missing = false;
  }

  static ImageException notFound(String image) {
    return new ImageException("Image '%s' not found.".formatted(image), true);
  }

  /** Whether the registry has no such image, rather than one that cannot be used. */
  boolean missing() {
    return missing;
  }
}
