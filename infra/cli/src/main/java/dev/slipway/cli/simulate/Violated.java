package dev.slipway.cli.simulate;

/** An invariant does not hold. */
final class Violated extends AssertionError {

  private static final long serialVersionUID = 1;

  Violated(String message) {
    super(message);
  }

  /** Goes on where it holds. */
  static void unless(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violated(otherwise);
    }
  }
}
