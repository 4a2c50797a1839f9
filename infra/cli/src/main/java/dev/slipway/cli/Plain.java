package dev.slipway.cli;

/** Makes text from outside harmless on a terminal. */
final class Plain {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Plain() {}

  /**
   * The text on one line without characters that a terminal obeys rather than shows: controls, those
   * of eight bits too, so that no escape code is left, and what turns the direction of writing.
   */
  static String text(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == '\t' ? ' ' : isObeyed(c) ? '?' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** JSON that says the same, with such characters written as {@code \\uXXXX}. */
  static String json(String json) {
    StringBuilder plain = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); ) {
      int c = json.codePointAt(i);
      int length = Character.charCount(c);
      if (isObeyed(c)) {
        for (char half : Character.toChars(c)) {
          plain.append("\\u%04x".formatted((int) half));
        }
      } else {
        plain.appendCodePoint(c);
      }
      i += length;
    }
    return plain.toString();
  }

  private static boolean isObeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }
}
