package dev.slipway.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rust source with what is not code blanked out, every other character in its place.
 *
 * @param code comments and test items blanked
 * @param bare strings blanked, too
 */
record RustText(String code, String bare) {

  private static final int NEAR = 400;
  private static final Pattern TEST =
      Pattern.compile(
          "#\\[\\s*(cfg\\s*\\(\\s*test\\s*\\)|(\\w{1,40}::){0,4}test)\\s*(\\([^)]{0,200}\\))?\\s*\\]");

  static RustText of(String text) {
    StringBuilder code = new StringBuilder(text);
    StringBuilder bare = new StringBuilder(text);
    int at = 0;
    while (at < text.length()) {
      int end = commentEnd(text, at);
      if (end > at) {
        blank(code, at, end);
        blank(bare, at, end);
      } else {
        int string = stringEnd(text, at);
        end = Math.max(at + 1, string);
        if (string > at) {
          blank(bare, at, end);
        }
      }
      at = end;
    }
    blankTests(code, bare);
    return new RustText(code.toString(), bare.toString());
  }

  /** The line, from 1, of a place in the text. */
  int line(int at) {
    return 1 + (int) code.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** The code of the statement around a place, its near part, without what strings hold. */
  String statement(int from, int to) {
    int start = from;
    while (start > Math.max(0, from - NEAR) && ";{}".indexOf(bare.charAt(start - 1)) < 0) {
      start--;
    }
    int end = to;
    while (end < Math.min(bare.length(), to + NEAR) && ";{}".indexOf(bare.charAt(end)) < 0) {
      end++;
    }
    return bare.substring(start, end);
  }

  private static int commentEnd(String text, int at) {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (!text.startsWith("/*", at)) {
      return at;
    }
    int depth = 0;
    int i = at;
    do {
      if (text.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (text.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    } while (depth > 0 && i < text.length());
    return Math.min(i, text.length());
  }

  /** The end of the string or character that begins here; no further where none does. */
  private static int stringEnd(String text, int at) {
    char c = text.charAt(at);
    boolean inWord = at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1));
    if (c == 'r' && (!inWord || text.charAt(at - 1) == 'b')) {
      return rawStringEnd(text, at);
    }
    if (c == '\'') {
      boolean escaped = text.startsWith("\\", at + 1);
      boolean plain = at + 2 < text.length() && text.charAt(at + 2) == '\'';
      return escaped ? closing(text, at + 1, '\'') : plain ? at + 3 : at;
    }
    return c == '"' ? closing(text, at + 1, '"') : at;
  }

  private static int rawStringEnd(String text, int at) {
    int quote = at + 1;
    while (quote < text.length() && text.charAt(quote) == '#') {
      quote++;
    }
    if (quote >= text.length() || text.charAt(quote) != '"') {
      return at;
    }
    int end = text.indexOf("\"" + "#".repeat(quote - at - 1), quote + 1);
    return end < 0 ? text.length() : end + quote - at;
  }

  private static int closing(String text, int from, char quote) {
    int i = from;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, text.length());
  }

  private static void blankTests(StringBuilder code, StringBuilder bare) {
    Matcher test = TEST.matcher(bare.toString());
    int from = 0;
    while (test.find(from)) {
      from = itemEnd(bare, test.end());
      blank(code, test.start(), from);
      blank(bare, test.start(), from);
    }
  }

  /** The end of the item that begins here: its closing brace, or a semicolon before any. */
  private static int itemEnd(StringBuilder bare, int from) {
    int depth = 0;
    for (int i = from; i < bare.length(); i++) {
      char c = bare.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth <= 0 && (c == '}' || c == ';')) {
        return i + 1;
      }
    }
    return bare.length();
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
