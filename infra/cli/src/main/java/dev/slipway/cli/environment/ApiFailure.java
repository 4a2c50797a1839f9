package dev.slipway.cli.environment;

/** The console answered that it does not do what was asked; the message says why. */
public final class ApiFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final int status;

  /**
   * An answer that is an error.
   *
   * @param status HTTP status code
   */
  ApiFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /** There is no such thing. */
  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /** It means nothing as things stand. */
  public boolean isConflict() {
    return status == CONFLICT;
  }

  /** HTTP status code. */
  public int status() {
    return status;
  }
}
