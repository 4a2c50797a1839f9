package dev.slipway.local.monitoring;

import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A monitoring filter of the kind clients write: comparisons with {@code =}, {@code !=}, {@code
 * one_of(..)} or {@code starts_with(..)}, joined by AND. OR and NOT are refused.
 */
final class Filter {

  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:AND\\s+)?([a-z_.]+)\\s*(!?=)\\s*(?:(one_of|starts_with)\\s*\\(([^)]*)\\)"
              + "|\"([^\"]*)\"|([^\\s\"()]+))\\s*");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private record Term(String field, boolean equal, boolean prefix, List<String> values) {

    boolean holds(String actual) {
      boolean found =
          prefix
              ? values.stream().anyMatch(actual::startsWith)
              : values.contains(actual);
      return found == equal;
    }
  }

  private final List<Term> terms = new ArrayList<>();

  private Filter() {}

  static Filter parse(String text) {
    Filter filter = new Filter();
    Matcher matcher = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw Calls.invalid(
            ("The filter cannot be read from character %d on: '%s'. Only comparisons joined by"
                    + " AND are understood here.")
                .formatted(at, text.substring(at)));
      }
      filter.terms.add(term(matcher));
      at = matcher.end();
    }
    return filter;
  }

  private static Term term(Matcher matcher) {
    String function = matcher.group(3);
    List<String> values = new ArrayList<>();
    if (function != null) {
      Matcher quoted = QUOTED.matcher(matcher.group(4));
      while (quoted.find()) {
        values.add(quoted.group(1));
      }
    } else {
      values.add(matcher.group(5) != null ? matcher.group(5) : matcher.group(6));
    }
    String field = matcher.group(1).replace("metric.label.", "metric.labels.");
    return new Term(
        field.replace("resource.label.", "resource.labels."),
        matcher.group(2).equals("="),
        "starts_with".equals(function),
        values);
  }

  /** The one metric type asked for. */
  String metricType() {
    return terms.stream()
        .filter(term -> term.field().equals("metric.type") && term.equal())
        .filter(term -> term.values().size() == 1 && !term.prefix())
        .map(term -> term.values().getFirst())
        .findFirst()
        .orElseThrow(() -> Calls.invalid("The filter must name one metric.type."));
  }

  /** Whether a series with these fields ({@code resource.labels.service_name}, ...) is wanted. */
  boolean accepts(Map<String, String> fields) {
    return terms.stream().allMatch(term -> term.holds(fields.getOrDefault(term.field(), "")));
  }
}
