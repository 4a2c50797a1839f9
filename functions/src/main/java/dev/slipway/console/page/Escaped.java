package dev.slipway.console.page;

import java.util.regex.Pattern;

/**
 * Text made harmless: markup, control characters, and those that turn the direction of writing, by
 * which text can show as something it is not.
 */
public final class Escaped {

  /** What programs colour their output with, and other orders to a terminal. */
  private static final Pattern TERMINAL =
      Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?)");

  private Escaped() {}

  static void to(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append(c);
        default -> plain(out, c);
      }
    }
  }

  private static void plain(StringBuilder out, char c) {
    if (c < ' ') {
      out.append((char) ('\u2400' + c)); // the picture of the control character
    } else if (c == '\u007F') {
      out.append('\u2421');
    } else if ((c > '\u007F' && c < '\u00A0') || turns(c)) {
      out.append("\\u").append("%04X".formatted((int) c));
    } else {
      out.append(c);
    }
  }

  private static boolean turns(char c) {
    return (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u200E'
        || c == '\u200F'
        || c == '\u061C';
  }

  /** What a program printed, without its orders to a terminal. */
  static String printed(String output) {
    return TERMINAL.matcher(output).replaceAll("").replace("\r\n", "\n");
  }

  /** What a program printed as text that any terminal can be shown. */
  public static String plain(String output) {
    StringBuilder out = new StringBuilder(output.length());
    String printed = printed(output);
    for (int i = 0; i < printed.length(); i++) {
      char c = printed.charAt(i);
      if (c == '\n' || c == '\t') {
        out.append(c);
      } else {
        plain(out, c);
      }
    }
    return out.toString();
  }
}
