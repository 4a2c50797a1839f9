package dev.slipway.local.chaos;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Rules as JSON, strictly: an unknown field is an error. */
final class RuleJson {

  private static final Set<String> FIELDS =
      Set.of(
          "id", "where", "fault", "status", "duration", "times", "every", "probability", "seed",
          "seen", "struck");

  private RuleJson() {}

  static JsonObject write(Standing standing) {
    Rule rule = standing.rule();
    JsonObject json = new JsonObject();
    json.addProperty("id", standing.id());
    json.addProperty("where", rule.where().toString());
    json.addProperty("fault", rule.fault().word());
    json.addProperty("status", rule.status());
    json.addProperty("duration", rule.duration().toString());
    json.addProperty("times", rule.odds().times());
    json.addProperty("every", rule.odds().every());
    json.addProperty("probability", rule.odds().probability());
    json.addProperty("seed", rule.odds().seed());
    json.addProperty("seen", standing.seen());
    json.addProperty("struck", standing.struck());
    return json;
  }

  static byte[] bytes(Standing standing) {
    return write(standing).toString().getBytes(StandardCharsets.UTF_8);
  }

  static Standing standing(byte[] bytes) {
    JsonObject json = parse(new String(bytes, StandardCharsets.UTF_8));
    return new Standing(
        json.get("id").getAsString(),
        rule(json),
        json.get("seen").getAsLong(),
        json.get("struck").getAsLong());
  }

  /**
   * Reads a rule; only {@code where} and {@code fault} must be there.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Rule rule(String text) {
    return rule(parse(text));
  }

  private static JsonObject parse(String text) {
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException("a rule is a JSON object: " + e.getMessage(), e);
    }
  }

  private static Rule rule(JsonObject json) {
    for (String field : json.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException("'%s' is no field of a rule".formatted(field));
      }
    }
    Where where = Where.parse(text(json, "where", ""));
    Fault fault = Fault.of(text(json, "fault", ""));
    return new Rule(
        where,
        fault,
        text(json, "status", Answers.usual(where.place())),
        duration(text(json, "duration", Rule.usualDuration(fault).toString())),
        new Odds(
            (int) number(json, "times", 0),
            (int) number(json, "every", 1),
            Double.parseDouble(text(json, "probability", "1")),
            number(json, "seed", 0)));
  }

  private static String text(JsonObject json, String field, String otherwise) {
    if (!json.has(field)) {
      return otherwise;
    }
    if (!json.get(field).isJsonPrimitive()) {
      throw new IllegalArgumentException("'%s' is one value".formatted(field));
    }
    return json.get(field).getAsString();
  }

  private static long number(JsonObject json, String field, long otherwise) {
    try {
      return Long.parseLong(text(json, field, Long.toString(otherwise)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is a whole number".formatted(field), e);
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no duration: write it as PT5S or PT2M".formatted(text), e);
    }
  }
}
