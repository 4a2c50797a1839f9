package dev.slipway.notify;

/** Slack did certainly not do what it was asked; it can be asked again. */
public final class NotSaidException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotSaidException(String message) {
    super(message);
  }
}
