package dev.slipway.local.pubsub;

import dev.slipway.local.server.Calls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the filter language of subscriptions.
 *
 * <pre>
 * filter  = term { "AND" term } | term { "OR" term }     (the two mix only by parentheses)
 * term    = [ "NOT" | "-" ] ( "(" filter ")" | test )
 * test    = "attributes" ":" key
 *         | "attributes" "." key ( "=" | "!=" ) string
 *         | "hasPrefix" "(" "attributes" "." key "," string ")"
 * key     = letters, digits, "_" and "-", or a string
 * string  = "..." with the escapes \" \' \\ \n \r \t, \xHH and &#92;uHHHH
 * </pre>
 */
final class FilterParser {

  private static final int MAX_BYTES = 256;

  private final FilterTokens tokens;

  private FilterParser(FilterTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The filter that {@code expression} says; an empty one lets everything through.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, naming the place
   */
  static Filter parse(String expression) {
    if (expression.isBlank()) {
      return Filter.ALL;
    }
    if (expression.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw Calls.invalid("The filter is longer than " + MAX_BYTES + " bytes.");
    }
    FilterTokens tokens = new FilterTokens(expression);
    Filter filter = new FilterParser(tokens).filter();
    tokens.expectEnd();
    return filter;
  }

  private Filter filter() {
    Filter first = term();
    if (tokens.nextIs("AND")) {
      return new Filter.All(chain(first, "AND", "OR"));
    }
    if (tokens.nextIs("OR")) {
      return new Filter.Any(chain(first, "OR", "AND"));
    }
    return first;
  }

  private List<Filter> chain(Filter first, String operator, String other) {
    List<Filter> filters = new ArrayList<>(List.of(first));
    while (tokens.accept(operator)) {
      filters.add(term());
    }
    if (tokens.nextIs(other)) {
      throw tokens.failure("AND and OR are mixed without parentheses");
    }
    return filters;
  }

  private Filter term() {
    if (tokens.accept("NOT") || tokens.accept("-")) {
      return new Filter.Not(primary());
    }
    return primary();
  }

  private Filter primary() {
    if (tokens.accept("(")) {
      Filter inner = filter();
      tokens.expect(")");
      return inner;
    }
    if (tokens.accept("hasPrefix")) {
      return prefix();
    }
    tokens.expect("attributes");
    if (tokens.accept(":")) {
      return new Filter.Has(tokens.key());
    }
    return comparison();
  }

  private Filter prefix() {
    tokens.expect("(");
    tokens.expect("attributes");
    tokens.expect(".");
    String key = tokens.key();
    tokens.expect(",");
    String prefix = tokens.string();
    tokens.expect(")");
    return new Filter.Prefix(key, prefix);
  }

  private Filter comparison() {
    tokens.expect(".");
    String key = tokens.key();
    if (tokens.accept("!=")) {
      return new Filter.Not(new Filter.Equal(key, tokens.string()));
    }
    tokens.expect("=");
    return new Filter.Equal(key, tokens.string());
  }
}
