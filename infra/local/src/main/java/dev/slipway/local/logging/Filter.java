package dev.slipway.local.logging;

import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.server.Calls;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A filter in the Logging query language: comparisons by {@code = != < <= > >= : =~ !~}, AND, OR,
 * NOT, {@code -}, parentheses, also on the right ({@code a : ("x" OR "y")}), {@code log_id("x")} and
 * bare words, which are looked for everywhere. Neighbours without a word between them are joined by AND, which binds
 * weaker than OR does.
 */
final class Filter {

  private static final List<String> SIGNS = List.of("<=", ">=", "!=", "=~", "!~", "=", "<", ">", ":");

  private final Tokens tokens;

  private Filter(String text) {
    tokens = new Tokens(text);
  }

  static Predicate<LogEntry> parse(String text) {
    Filter filter = new Filter(text);
    if (filter.tokens.end()) {
      return entry -> true;
    }
    Predicate<LogEntry> parsed = filter.and();
    if (!filter.tokens.end()) {
      throw Calls.invalid(
          "Unparseable filter: unexpected '%s'.".formatted(filter.tokens.take().text()));
    }
    return parsed;
  }

  private Predicate<LogEntry> and() {
    Predicate<LogEntry> all = or();
    while (!tokens.end() && !tokens.at(")")) {
      var unused = tokens.take("AND");
      all = all.and(or());
    }
    return all;
  }

  private Predicate<LogEntry> or() {
    Predicate<LogEntry> any = not();
    while (tokens.take("OR")) {
      any = any.or(not());
    }
    return any;
  }

  private Predicate<LogEntry> not() {
    if (tokens.take("NOT") || tokens.take("-")) {
      return not().negate();
    }
    if (tokens.take("(")) {
      Predicate<LogEntry> within = and();
      tokens.expect(")");
      return within;
    }
    return comparison();
  }

  private Predicate<LogEntry> comparison() {
    Tokens.Token left = tokens.take();
    if (left.is("log_id") && tokens.take("(")) {
      String id = tokens.take().text();
      tokens.expect(")");
      return value("log_id", "=", id);
    }
    for (String sign : SIGNS) {
      if (tokens.take(sign)) {
        return values(left.text(), sign);
      }
    }
    String sought = left.text().toLowerCase(Locale.ROOT);
    return entry -> Entries.text(entry).toLowerCase(Locale.ROOT).contains(sought);
  }

  /** One value, or several in parentheses. */
  private Predicate<LogEntry> values(String field, String sign) {
    if (!tokens.take("(")) {
      return value(field, sign, tokens.take().text());
    }
    Predicate<LogEntry> all = value(field, sign, tokens.take().text());
    while (!tokens.take(")")) {
      boolean any = tokens.take("OR");
      if (!any) {
        var unused = tokens.take("AND");
      }
      Predicate<LogEntry> next = value(field, sign, tokens.take().text());
      all = any ? all.or(next) : all.and(next);
    }
    return all;
  }

  private static Predicate<LogEntry> value(String field, String sign, String value) {
    return switch (sign) {
      case "=" -> entry -> compare(entry, field, value) == 0;
      case "!=" -> entry -> compare(entry, field, value) != 0;
      case "<" -> entry -> known(entry, field) && compare(entry, field, value) < 0;
      case "<=" -> entry -> known(entry, field) && compare(entry, field, value) <= 0;
      case ">" -> entry -> known(entry, field) && compare(entry, field, value) > 0;
      case ">=" -> entry -> known(entry, field) && compare(entry, field, value) >= 0;
      case ":" -> has(field, value);
      case "=~" -> matching(field, value);
      default -> matching(field, value).negate();
    };
  }

  private static boolean known(LogEntry entry, String field) {
    return !Entries.field(entry, field).isEmpty();
  }

  private static Predicate<LogEntry> has(String field, String value) {
    if (value.equals("*")) {
      return entry -> known(entry, field);
    }
    String sought = value.toLowerCase(Locale.ROOT);
    return entry -> Entries.field(entry, field).toLowerCase(Locale.ROOT).contains(sought);
  }

  private static Predicate<LogEntry> matching(String field, String expression) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw Calls.invalid("Invalid regular expression '%s'.".formatted(expression));
    }
    return entry -> pattern.matcher(Entries.field(entry, field)).find();
  }

  /** Times and severities by their own order, numbers as numbers, the rest as text, in any case. */
  private static int compare(LogEntry entry, String field, String value) {
    if (field.equals("timestamp") || field.equals("receiveTimestamp")) {
      var actual = field.equals("timestamp") ? entry.getTimestamp() : entry.getReceiveTimestamp();
      try {
        return Timestamps.compare(actual, Timestamps.parse(value));
      } catch (ParseException e) {
        throw Calls.invalid("Invalid timestamp '%s': write it as RFC 3339.".formatted(value));
      }
    }
    if (field.equals("severity")) {
      return Integer.compare(entry.getSeverityValue(), severity(value));
    }
    String actual = Entries.field(entry, field);
    return actual.matches("-?\\d+(\\.\\d+)?") && value.matches("-?\\d+(\\.\\d+)?")
        ? Double.compare(Double.parseDouble(actual), Double.parseDouble(value))
        : actual.compareToIgnoreCase(value);
  }

  private static int severity(String value) {
    try {
      return value.matches("\\d+")
          ? Integer.parseInt(value)
          : LogSeverity.valueOf(value.toUpperCase(Locale.ROOT)).getNumber();
    } catch (IllegalArgumentException e) {
      throw Calls.invalid("Invalid severity '%s'.".formatted(value));
    }
  }
}
