package dev.slipway.cli.laptop;

/** A command that could not do what was asked; the message says why and what to do. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
