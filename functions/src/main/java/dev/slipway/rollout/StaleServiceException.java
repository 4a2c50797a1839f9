package dev.slipway.rollout;

/** The service has changed since it was read: read again and decide anew. */
public final class StaleServiceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StaleServiceException(String message) {
    super(message);
  }

  public StaleServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
