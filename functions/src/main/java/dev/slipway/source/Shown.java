package dev.slipway.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of an upload made fit for a message: one short line, nothing invisible in it. */
final class Shown {

  private static final int MAX = 160;

  private Shown() {}

  /** Escapes what does not print and shortens what is long. */
  static String text(String text) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < text.length() && shown.length() < MAX) {
      int c = text.codePointAt(at);
      if (prints(c)) {
        shown.appendCodePoint(c);
      } else {
        shown.append("\\u{%X}".formatted(c));
      }
      at += Character.charCount(c);
    }
    return at < text.length() ? shown + "... (" + text.length() + " long)" : shown.toString();
  }

  /** As {@link #text}, of a name that need not be UTF-8. */
  static String bytes(byte[] name) {
    try {
      return text(utf8(name));
    } catch (CharacterCodingException e) {
      StringBuilder shown = new StringBuilder();
      for (int i = 0; i < name.length && shown.length() < MAX; i++) {
        int b = name[i] & 0xff;
        shown.append(b >= ' ' && b < 0x7f && b != '\\' ? "" + (char) b : "\\x%02X".formatted(b));
      }
      return shown.toString();
    }
  }

  /**
   * Decodes UTF-8, strictly.
   *
   * @throws CharacterCodingException when it is something else
   */
  static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Whether a character shows as itself and moves nothing around it. */
  static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
