package dev.slipway.source;

/** A text is not TOML. */
final class TomlException extends Exception {

  private static final long serialVersionUID = 1;

  TomlException(int line, String why) {
    super("line " + line + ": " + why);
  }
}
