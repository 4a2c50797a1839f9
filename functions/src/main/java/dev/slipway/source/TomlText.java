package dev.slipway.source;

/** The text of a TOML file and how far it has been read: its characters, strings and comments. */
final class TomlText {

  private static final int END = -1;

  private final String text;
  private int at;

  TomlText(String text) {
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  boolean starts(String prefix) {
    return text.startsWith(prefix, at);
  }

  /** Goes past a prefix, if it is there. */
  boolean take(String prefix) {
    boolean there = starts(prefix);
    at += there ? prefix.length() : 0;
    return there;
  }

  void want(String prefix) throws TomlException {
    if (!take(prefix)) {
      throw wrong("'" + prefix + "' is missing");
    }
  }

  TomlException wrong(String why) {
    int line = 1;
    for (int i = 0; i < Math.min(at, text.length()); i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return new TomlException(line, why);
  }

  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Goes past blanks, comments and line ends. */
  void skipLines() throws TomlException {
    skipBlanks();
    while (peek() == '#' || peek() == '\n' || starts("\r\n")) {
      endLine();
      skipBlanks();
    }
  }

  /** Wants nothing more on this line but a comment. */
  void endLine() throws TomlException {
    skipBlanks();
    if (peek() == '#') {
      while (!isAtEnd() && peek() != '\n' && !starts("\r\n")) {
        checkPrintable(peek());
        at++;
      }
    }
    if (!isAtEnd() && !take("\n") && !take("\r\n")) {
      throw wrong("there is more on the line than one key and value");
    }
  }

  /** Reads up to the end of a number, date or word. */
  String word() {
    int from = at;
    while (isWord(peek())) {
      at++;
    }
    return text.substring(from, at);
  }

  String bareKey() {
    int from = at;
    while (isBare(peek())) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Reads any string; the next character is its first quote. */
  String string() throws TomlException {
    if (take("\"\"\"")) {
      return longString("\"\"\"", true);
    }
    if (take("'''")) {
      return longString("'''", false);
    }
    boolean basic = peek() == '"';
    String quote = basic ? "\"" : "'";
    want(quote);
    StringBuilder value = new StringBuilder();
    while (!take(quote)) {
      if (isAtEnd() || peek() == '\n' || peek() == '\r') {
        throw wrong("a string is not closed");
      }
      one(value, basic);
    }
    return value.toString();
  }

  private String longString(String quotes, boolean basic) throws TomlException {
    if (!take("\r\n")) {
      take("\n");
    }
    StringBuilder value = new StringBuilder();
    while (!ends(quotes, value)) {
      if (isAtEnd()) {
        throw wrong("a string is not closed");
      }
      if (take("\r\n")) {
        value.append("\n");
      } else if (!(basic && skippedLineEnd())) {
        one(value, basic);
      }
    }
    return value.toString();
  }

  /** Whether the closing quotes are here; up to two more quotes before them are content. */
  private boolean ends(String quotes, StringBuilder value) {
    if (!starts(quotes)) {
      return false;
    }
    for (int i = 0; i < 2 && peek(quotes.length()) == quotes.charAt(0); i++) {
      value.append(quotes.charAt(0));
      at++;
    }
    return take(quotes);
  }

  /** Goes past a backslash that ends its line, and all space after it. */
  private boolean skippedLineEnd() {
    if (peek() != '\\') {
      return false;
    }
    int next = at + 1;
    while (next < text.length() && " \t".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    if (next >= text.length() || "\r\n".indexOf(text.charAt(next)) < 0) {
      return false;
    }
    while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    at = next;
    return true;
  }

  private void one(StringBuilder value, boolean basic) throws TomlException {
    int c = peek();
    at++;
    if (basic && c == '\\') {
      escape(value);
      return;
    }
    if (c != '\n') {
      checkPrintable(c);
    }
    value.append((char) c);
  }

  private void escape(StringBuilder value) throws TomlException {
    int c = peek();
    at++;
    switch (c) {
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case 'e' -> value.append('\u001b');
      case '"', '\\' -> value.append((char) c);
      case 'x' -> unicode(value, 2);
      case 'u' -> unicode(value, 4);
      case 'U' -> unicode(value, 8);
      default -> throw wrong("a string has an unknown escape");
    }
  }

  private void unicode(StringBuilder value, int digits) throws TomlException {
    int code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = isAtEnd() ? -1 : Character.digit(text.charAt(at++), 16);
      if (digit < 0 || code > 0x10ffff) {
        throw wrong("a string has a broken Unicode escape");
      }
      code = code * 16 + digit;
    }
    if (!Character.isValidCodePoint(code) || (code >= 0xd800 && code <= 0xdfff)) {
      throw wrong("a string has a Unicode escape of no character");
    }
    value.appendCodePoint(code);
  }

  private void checkPrintable(int c) throws TomlException {
    if ((c < ' ' && c != '\t') || c == 0x7f) {
      throw wrong("there is a control character");
    }
  }

  private static boolean isBare(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static boolean isWord(int c) {
    return isBare(c) || c == '+' || c == '.' || c == ':';
  }
}
