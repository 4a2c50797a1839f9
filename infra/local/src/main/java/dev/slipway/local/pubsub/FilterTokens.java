package dev.slipway.local.pubsub;

import dev.slipway.local.server.Calls;
import io.grpc.StatusRuntimeException;
import java.util.HexFormat;

/** The characters of a filter, taken word by word. */
final class FilterTokens {

  private final String text;
  private int at;

  FilterTokens(String text) {
    this.text = text;
    skipBlanks();
  }

  /** Whether the word or sign {@code token} comes next. */
  boolean nextIs(String token) {
    int end = at + token.length();
    if (!text.startsWith(token, at)) {
      return false;
    }
    boolean word = isWord(token.charAt(token.length() - 1)) && !token.equals("-");
    return !word || end == text.length() || !isWord(text.charAt(end));
  }

  /** Takes {@code token} if it comes next. */
  boolean accept(String token) {
    if (!nextIs(token)) {
      return false;
    }
    at += token.length();
    skipBlanks();
    return true;
  }

  void expect(String token) {
    if (!accept(token)) {
      throw failure("expected '" + token + "'");
    }
  }

  void expectEnd() {
    if (at < text.length()) {
      throw failure("expected AND, OR or the end");
    }
  }

  /** Takes an attribute's key, quoted or not. */
  String key() {
    if (at < text.length() && text.charAt(at) == '"') {
      return string();
    }
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw failure("expected an attribute key");
    }
    String key = text.substring(start, at);
    skipBlanks();
    return key;
  }

  /** Takes a quoted string. */
  String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw failure("expected a string in double quotes");
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      value.append(character());
    }
    if (at >= text.length()) {
      throw failure("a string has no closing quote");
    }
    at++;
    skipBlanks();
    return value.toString();
  }

  private char character() {
    char c = text.charAt(at++);
    if (c != '\\') {
      return c;
    }
    if (at >= text.length()) {
      throw failure("a string has no closing quote");
    }
    char escaped = text.charAt(at++);
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '"', '\'' -> escaped;
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      default -> throw failure("unknown escape \\" + escaped);
    };
  }

  private char hex(int digits) {
    int end = at + digits;
    if (end > text.length()) {
      throw failure("expected " + digits + " hexadecimal digits");
    }
    try {
      char c = (char) HexFormat.fromHexDigits(text, at, end);
      at = end;
      return c;
    } catch (NumberFormatException e) {
      throw failure("expected " + digits + " hexadecimal digits");
    }
  }

  StatusRuntimeException failure(String why) {
    return Calls.invalid(
        "Invalid filter: %s at position %d of: %s".formatted(why, at, text));
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return c == '_' || c == '-' || Character.isLetterOrDigit(c);
  }
}
