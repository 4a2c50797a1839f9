package dev.slipway.local.logging;

import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a filter, read one after another. */
final class Tokens {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:--[^\\n]*\\n\\s*)*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(<=|>=|!=|=~|!~|[=<>:()-])"
              + "|((?:[A-Za-z0-9_./%+*@]|\\\\.|-(?=[A-Za-z0-9])|\\.\"[^\"]*\")+))");

  /** One of them; {@code quoted} text is never a word of the language. */
  record Token(String text, boolean quoted) {

    boolean is(String word) {
      return !quoted && text.equals(word);
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(String filter) {
    Matcher matcher = TOKEN.matcher(filter);
    int at = 0;
    while (!filter.substring(at).isBlank()) {
      matcher.region(at, filter.length());
      if (!matcher.lookingAt()) {
        throw Calls.invalid(
            "Unparseable filter: unexpected character at %d: '%s'."
                .formatted(at, filter.substring(at)));
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
  }

  private static Token token(Matcher matcher) {
    String quoted = matcher.group(1);
    if (quoted != null) {
      String within = quoted.substring(1, quoted.length() - 1);
      return new Token(within.replaceAll("\\\\([\"\\\\])", "$1"), true);
    }
    return new Token(matcher.group(2) != null ? matcher.group(2) : matcher.group(3), false);
  }

  boolean end() {
    return next == tokens.size();
  }

  /** Whether the next one is that word or sign; it stays the next one. */
  boolean at(String word) {
    return !end() && tokens.get(next).is(word);
  }

  /** Takes the next one if it is that word or sign. */
  boolean take(String word) {
    boolean there = at(word);
    next += there ? 1 : 0;
    return there;
  }

  Token take() {
    if (end()) {
      throw Calls.invalid("Unparseable filter: it ends too early.");
    }
    return tokens.get(next++);
  }

  void expect(String sign) {
    if (!take(sign)) {
      throw Calls.invalid(
          "Unparseable filter: '%s' is missing before %s."
              .formatted(sign, end() ? "its end" : "'" + tokens.get(next).text() + "'"));
    }
  }
}
