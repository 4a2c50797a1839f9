package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and changes JSON the way Google's JSON APIs do. */
final class Json {

  /** Far more than any metadata a client sends. */
  private static final int MAX_BYTES = 4 << 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** The object in a request's body; an empty body is an empty object. */
  static JsonObject read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw ApiException.invalid("The request's JSON is longer than " + MAX_BYTES + " bytes.");
    }
    String text = new String(bytes, UTF_8).strip();
    if (text.isEmpty()) {
      return new JsonObject();
    }
    try {
      JsonElement element = JsonParser.parseString(text);
      return element.isJsonNull() ? new JsonObject() : element.getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new ApiException(400, "parseError", "Parse Error: " + e.getMessage());
    }
  }

  static JsonObject parse(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, UTF_8)).getAsJsonObject();
  }

  static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(UTF_8);
  }

  static @Nullable String text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }

  /** The text at {@code key}, which what we wrote ourselves always has. */
  static String required(JsonObject json, String key) {
    return json.get(key).getAsString();
  }

  static @Nullable Long number(JsonObject json, String key) {
    String text = text(json, key);
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw ApiException.invalid("Invalid value for %s: '%s'".formatted(key, text));
    }
  }

  static boolean flag(JsonObject json, String key) {
    return "true".equals(text(json, key));
  }

  static @Nullable JsonObject object(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : null;
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code base} with {@code patch} laid over it: null removes, objects merge, all else replaces. */
  static JsonObject merge(JsonObject base, JsonObject patch) {
    JsonObject merged = base.deepCopy();
    patch
        .entrySet()
        .forEach(
            entry -> {
              JsonElement old = merged.get(entry.getKey());
              JsonElement value = entry.getValue();
              if (value.isJsonNull()) {
                merged.remove(entry.getKey());
              } else if (value.isJsonObject()) {
                JsonObject under =
                    old != null && old.isJsonObject() ? old.getAsJsonObject() : new JsonObject();
                merged.add(entry.getKey(), merge(under, value.getAsJsonObject()));
              } else {
                merged.add(entry.getKey(), value.deepCopy());
              }
            });
    return merged;
  }

  /** A copy of {@code json} with only {@code keys}; nulls stay, for {@link #merge} to see. */
  static JsonObject only(JsonObject json, Set<String> keys) {
    JsonObject copy = new JsonObject();
    json.entrySet().stream()
        .filter(entry -> keys.contains(entry.getKey()))
        .forEach(entry -> copy.add(entry.getKey(), entry.getValue().deepCopy()));
    return copy;
  }

  /** A copy of {@code json} without {@code keys}. */
  static JsonObject without(JsonObject json, Set<String> keys) {
    JsonObject copy = json.deepCopy();
    keys.forEach(copy::remove);
    return copy;
  }
}
