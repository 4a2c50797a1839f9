package dev.slipway.local.storage;

/** A bucket, object or generation that was asked for in process is not there. */
public final class NoSuchObjectException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoSuchObjectException(String message, Throwable cause) {
    super(message, cause);
  }
}
