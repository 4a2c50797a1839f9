package dev.slipway.cli.terminal;

import com.google.gson.JsonElement;

/** JSON in ASCII alone: the same value, and nothing in it that a terminal would obey. */
final class Ascii {

  private static final int LAST_PRINTABLE = 0x7E;

  private Ascii() {}

  static String of(JsonElement json) {
    String text = json.toString();
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > LAST_PRINTABLE) {
        ascii.append("\\u%04x".formatted((int) c));
      } else {
        ascii.append(c);
      }
    }
    return ascii.toString();
  }
}
