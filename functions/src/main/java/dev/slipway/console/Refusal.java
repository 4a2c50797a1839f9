package dev.slipway.console;

/** A request that is not carried out, and why, for the one who asked. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * Refuses.
   *
   * @param status HTTP status code
   * @param why what was asked for, why it is not done, what to do
   */
  Refusal(int status, String why) {
    super(why);
    this.status = status;
  }

  int status() {
    return status;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
