package dev.slipway.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads TOML 1.0 (and the line ends in inline tables of 1.1) into maps, lists, strings, longs,
 * doubles and booleans; a date stays text.
 *
 * <p>Its own parser, since these files come from strangers: it takes time and memory in proportion
 * to the text, and no nesting overflows its stack. (A grammar-driven one took 40 MB for a
 * Cargo.lock of 120 KB.)
 */
final class Toml {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_WORD = 100;
  private static final Pattern INTEGER =
      Pattern.compile(
          "[+-]?(0|[1-9](_?[0-9])*)|0x[0-9a-fA-F](_?[0-9a-fA-F])*|0o[0-7](_?[0-7])*"
              + "|0b[01](_?[01])*");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?");
  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?|[0-9]{2}:[0-9]{2}.*");

  private final TomlText text;
  private final Map<String, Object> root = new LinkedHashMap<>();

  /** Tables a header has opened, and ones that may not be added to any more. */
  private final Set<Object> opened = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> dotted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> tableLists = Collections.newSetFromMap(new IdentityHashMap<>());

  private Toml(String text) {
    this.text = new TomlText(text);
  }

  static Map<String, Object> parse(String text) throws TomlException {
    return new Toml(text).document();
  }

  private Map<String, Object> document() throws TomlException {
    Map<String, Object> table = root;
    for (text.skipLines(); !text.isAtEnd(); text.skipLines()) {
      if (text.take("[[")) {
        table = listHeader();
        text.endLine();
      } else if (text.take("[")) {
        table = header();
        text.endLine();
      } else {
        pair(table, 0);
        text.endLine();
      }
    }
    return root;
  }

  private Map<String, Object> header() throws TomlException {
    List<String> key = key();
    text.want("]");
    Map<String, Object> parent = walk(root, key.subList(0, key.size() - 1), false);
    String last = key.getLast();
    Object there = parent.get(last);
    if (there == null) {
      there = new LinkedHashMap<String, Object>();
      parent.put(last, there);
    }
    if (!(there instanceof Map) || closed.contains(there) || dotted.contains(there)
        || !opened.add(there)) {
      throw text.wrong("[" + Shown.text(String.join(".", key)) + "] is there twice");
    }
    return table(there);
  }

  private Map<String, Object> listHeader() throws TomlException {
    List<String> key = key();
    text.want("]]");
    Map<String, Object> parent = walk(root, key.subList(0, key.size() - 1), false);
    Object there = parent.get(key.getLast());
    if (there == null) {
      there = new ArrayList<Object>();
      tableLists.add(there);
      parent.put(key.getLast(), there);
    }
    if (!tableLists.contains(there)) {
      throw text.wrong("[[" + Shown.text(String.join(".", key)) + "]] is something else before");
    }
    Map<String, Object> table = new LinkedHashMap<>();
    opened.add(table);
    list(there).add(table);
    return table;
  }

  private void pair(Map<String, Object> table, int depth) throws TomlException {
    List<String> key = key();
    text.want("=");
    text.skipBlanks();
    Map<String, Object> parent = walk(table, key.subList(0, key.size() - 1), true);
    Object value = value(depth);
    if (parent.putIfAbsent(key.getLast(), value) != null) {
      throw text.wrong("'" + Shown.text(String.join(".", key)) + "' is there twice");
    }
  }

  /** Goes down a key, making the tables that are not there. */
  private Map<String, Object> walk(Map<String, Object> from, List<String> key, boolean dots)
      throws TomlException {
    Map<String, Object> table = from;
    for (String part : key) {
      Object next = table.get(part);
      if (next == null) {
        next = new LinkedHashMap<String, Object>();
        table.put(part, next);
        if (dots) {
          dotted.add(next);
        }
      } else if (!dots && tableLists.contains(next)) {
        next = list(next).getLast();
      }
      boolean taken = dots && !dotted.contains(next);
      if (!(next instanceof Map) || closed.contains(next) || taken) {
        throw text.wrong("'" + Shown.text(part) + "' is something else before");
      }
      table = table(next);
    }
    return table;
  }

  private List<String> key() throws TomlException {
    List<String> key = new ArrayList<>();
    do {
      text.skipBlanks();
      boolean quoted = text.peek() == '"' || text.peek() == '\'';
      if (text.starts("\"\"\"") || text.starts("'''")) {
        throw text.wrong("a key cannot be a string of several lines");
      }
      String part = quoted ? text.string() : text.bareKey();
      if (part.isEmpty() && !quoted) {
        throw text.wrong("a key is missing");
      }
      key.add(part);
      text.skipBlanks();
    } while (text.take(".") && key.size() < MAX_DEPTH);
    if (key.size() >= MAX_DEPTH) {
      throw text.wrong("a key has too many parts");
    }
    return key;
  }

  private Object value(int depth) throws TomlException {
    if (depth > MAX_DEPTH) {
      throw text.wrong("it is nested too deeply");
    }
    int c = text.peek();
    if (c == '"' || c == '\'') {
      return text.string();
    }
    if (text.take("[")) {
      return array(depth + 1);
    }
    if (text.take("{")) {
      return inlineTable(depth + 1);
    }
    return scalar();
  }

  private List<Object> array(int depth) throws TomlException {
    List<Object> values = new ArrayList<>();
    text.skipLines();
    while (!text.take("]")) {
      values.add(value(depth));
      text.skipLines();
      if (!text.take(",") && text.peek() != ']') {
        throw text.wrong("a list has no comma or end");
      }
      text.skipLines();
    }
    return values;
  }

  private Map<String, Object> inlineTable(int depth) throws TomlException {
    Map<String, Object> table = new LinkedHashMap<>();
    text.skipLines();
    while (!text.take("}")) {
      pair(table, depth);
      text.skipLines();
      if (!text.take(",") && text.peek() != '}') {
        throw text.wrong("an inline table has no comma or end");
      }
      text.skipLines();
    }
    close(table);
    return table;
  }

  /** Nothing may be added to an inline table, nor to the tables its dotted keys made. */
  private void close(Map<String, Object> table) {
    closed.add(table);
    for (Object value : table.values()) {
      if (value instanceof Map && closed.add(value)) {
        close(table(value));
      }
    }
  }

  private Object scalar() throws TomlException {
    String word = text.word();
    if (word.length() > MAX_WORD) {
      throw text.wrong("a number or date is too long");
    }
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    if (INTEGER.matcher(word).matches()) {
      return integer(word.replace("_", ""));
    }
    if (FLOAT.matcher(word).matches()) {
      return Double.parseDouble(word.replace("_", ""));
    }
    if (word.matches("[+-]?(inf|nan)")) {
      return word.endsWith("nan") ? Double.NaN : Double.valueOf(word.replace("inf", "Infinity"));
    }
    if (DATE.matcher(word).matches()) {
      boolean time = text.peek() == ' ' && Character.isDigit(text.peek(1));
      return time && text.take(" ") ? word + " " + text.word() : word;
    }
    throw text.wrong("a value is missing, or a string lacks its quotes");
  }

  private Object integer(String digits) throws TomlException {
    try {
      boolean prefixed = digits.length() > 2 && "xob".indexOf(digits.charAt(1)) >= 0;
      int radix = !prefixed ? 10 : digits.charAt(1) == 'x' ? 16 : digits.charAt(1) == 'o' ? 8 : 2;
      return Long.parseLong(prefixed ? digits.substring(2) : digits, radix);
    } catch (NumberFormatException e) {
      throw text.wrong("a number is too large");
    }
  }

  @SuppressWarnings("unchecked") // only this class puts values in
  private static Map<String, Object> table(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // only this class puts values in
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
