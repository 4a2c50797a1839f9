package dev.slipway.source;

/** A text is not TOML. */
final class TomlException extends Exception {

  private static final long serialVersionUID = 1;

  private final int line;
  private final String why;

  TomlException(int line, String why) {
    super(why);
    this.line = line;
    this.why = why;
  }

  /** Where and why, for a person. */
  String explained() {
    return "line " + line + ": " + why;
  }
}
