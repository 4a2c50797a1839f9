package dev.slipway.cli.terminal;

/** How a piece of text is to be taken; with colours, what it looks like. */
public enum Tone {
  PLAIN(""),
  /** A heading, or what the eye is to find first. */
  STRONG("1"),
  /** What matters less. */
  FAINT("2"),
  GOOD("32"),
  BAD("31"),
  /** Somebody or something is waited for. */
  WAITING("33"),
  /** On its way. */
  GOING("36");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** The text, already harmless, with the orders to a terminal around it. */
  String colour(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
  }
}
