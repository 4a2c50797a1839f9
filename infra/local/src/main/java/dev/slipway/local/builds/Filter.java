package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.server.Calls;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter of ListBuilds: {@code FIELD OP VALUE} joined by AND (or a blank) and OR, with NOT or
 * {@code -} before and parentheses around; OR binds the tighter.
 *
 * <p>Fields: {@code build_id}, {@code status}, {@code tags}, {@code images}, {@code trigger_id},
 * {@code substitutions.KEY} by {@code =} and {@code !=}; {@code create_time}, {@code start_time},
 * {@code finish_time} by comparison too.
 */
final class Filter {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|<=|>=|!=|[=<>()]|-(?=[A-Za-z(])|[^\\s=<>!()\"]+)");

  private final List<String> tokens = new ArrayList<>();
  private final String text;
  private int next;

  private Filter(String text) {
    this.text = text;
    String stripped = text.strip();
    Matcher m = TOKEN.matcher(stripped);
    int end = 0;
    while (end < stripped.length()) {
      if (!m.find(end) || m.start() != end) {
        throw invalid("unexpected '" + stripped.substring(end) + "'");
      }
      tokens.add(m.group(1));
      end = m.end();
    }
  }

  /** Reads a filter; an empty one lets all builds through; INVALID_ARGUMENT when malformed. */
  static Predicate<Build> parse(String text) {
    if (text.isBlank()) {
      return build -> true;
    }
    Filter filter = new Filter(text);
    Predicate<Build> all = filter.conjunction();
    if (filter.next < filter.tokens.size()) {
      throw filter.invalid("unexpected '" + filter.tokens.get(filter.next) + "'");
    }
    return all;
  }

  private Predicate<Build> conjunction() {
    Predicate<Build> all = disjunction();
    while (next < tokens.size() && !tokens.get(next).equals(")")) {
      accept("AND");
      all = all.and(disjunction());
    }
    return all;
  }

  private Predicate<Build> disjunction() {
    Predicate<Build> any = term();
    while (accept("OR")) {
      any = any.or(term());
    }
    return any;
  }

  private Predicate<Build> term() {
    if (accept("NOT") || accept("-")) {
      return term().negate();
    }
    if (accept("(")) {
      Predicate<Build> inner = conjunction();
      if (!accept(")")) {
        throw invalid("a ')' is missing");
      }
      return inner;
    }
    String field = take();
    String operator = take();
    return comparison(field, operator, unquote(take()));
  }

  private Predicate<Build> comparison(String field, String operator, String value) {
    return switch (field) {
      case "create_time", "createTime" -> time(Build::getCreateTime, operator, value);
      case "start_time", "startTime" -> time(Build::getStartTime, operator, value);
      case "finish_time", "finishTime" -> time(Build::getFinishTime, operator, value);
      case "status" -> equality(b -> b.getStatus().name().equals(value), operator);
      case "build_id", "id" -> equality(b -> b.getId().equals(value), operator);
      case "tags" -> equality(b -> b.getTagsList().contains(value), operator);
      case "images" -> equality(b -> b.getImagesList().contains(value), operator);
      case "trigger_id", "build_trigger_id" ->
          equality(b -> b.getBuildTriggerId().equals(value), operator);
      default -> {
        if (!field.startsWith("substitutions.")) {
          throw invalid("unknown field '" + field + "'");
        }
        String key = field.substring("substitutions.".length());
        yield equality(b -> value.equals(b.getSubstitutionsMap().get(key)), operator);
      }
    };
  }

  private Predicate<Build> equality(Predicate<Build> equal, String operator) {
    return switch (operator) {
      case "=" -> equal;
      case "!=" -> equal.negate();
      default -> throw invalid("'" + operator + "' does not apply here");
    };
  }

  private Predicate<Build> time(
      java.util.function.Function<Build, Timestamp> field, String operator, String value) {
    Timestamp bound;
    try {
      bound = Timestamps.parse(value);
    } catch (ParseException e) {
      throw invalid("'" + value + "' is not a time such as 2026-01-31T12:00:00Z");
    }
    return build -> {
      int order = Timestamps.compare(field.apply(build), bound);
      return switch (operator) {
        case "=" -> order == 0;
        case "!=" -> order != 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    };
  }

  private boolean accept(String token) {
    if (next < tokens.size() && tokens.get(next).equals(token)) {
      next++;
      return true;
    }
    return false;
  }

  private String take() {
    if (next >= tokens.size()) {
      throw invalid("it ends too early");
    }
    return tokens.get(next++);
  }

  private static String unquote(String token) {
    return token.startsWith("\"")
        ? token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1")
        : token;
  }

  private io.grpc.StatusRuntimeException invalid(String why) {
    return Calls.invalid("invalid filter '%s': %s".formatted(text, why));
  }
}
