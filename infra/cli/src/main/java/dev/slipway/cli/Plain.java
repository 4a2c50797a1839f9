package dev.slipway.cli;

/** Makes text from outside harmless on a terminal. */
final class Plain {

  private Plain() {}

  /** The text without control characters: no escape code reaches the terminal. */
  static String text(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "?").replace('\t', ' ');
  }
}
