package dev.slipway.cli.recover;

import com.google.cloud.Timestamp;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as one line of JSON, {@code {"path": "releases/ID", "fields": {...}}}. A time is {@code
 * {"$time": "2026-01-01T00:00:00Z"}}; whole numbers stay whole.
 */
final class Lines {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private static final String TIME = "$time";

  private Lines() {}

  /** A document read back. */
  record Document(String path, Map<String, @Nullable Object> fields) {}

  static String write(String path, Map<String, ? extends @Nullable Object> fields) {
    JsonObject line = new JsonObject();
    line.addProperty("path", path);
    line.add("fields", json(fields));
    return GSON.toJson(line);
  }

  static Document read(String line) {
    JsonObject document = JsonParser.parseString(line).getAsJsonObject();
    return new Document(
        document.get("path").getAsString(), map(document.getAsJsonObject("fields")));
  }

  private static JsonElement json(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case Map<?, ?> map -> {
        JsonObject object = new JsonObject();
        map.forEach((key, inner) -> object.add(String.valueOf(key), json(inner)));
        yield object;
      }
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(inner -> array.add(json(inner)));
        yield array;
      }
      case Timestamp time -> {
        JsonObject object = new JsonObject();
        object.addProperty(TIME, time.toString());
        yield object;
      }
      case Boolean flag -> new JsonPrimitive(flag);
      case Number number -> new JsonPrimitive(number);
      case String text -> new JsonPrimitive(text);
      case Object other ->
          throw new IllegalArgumentException(
              "the ledger keeps no " + other.getClass().getName() + "; this copy cannot");
    };
  }

  private static Map<String, @Nullable Object> map(JsonObject object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.entrySet().forEach(e -> map.put(e.getKey(), value(e.getValue())));
    return map;
  }

  private static @Nullable Object value(JsonElement element) {
    return switch (element) {
      case JsonObject o when o.size() == 1 && o.has(TIME) ->
          Timestamp.parseTimestamp(o.get(TIME).getAsString());
      case JsonObject o -> map(o);
      case JsonArray array -> {
        List<@Nullable Object> list = new ArrayList<>();
        array.forEach(inner -> list.add(value(inner)));
        yield list;
      }
      case JsonPrimitive p when p.isBoolean() -> p.getAsBoolean();
      case JsonPrimitive p when p.isNumber() -> number(p.getAsString());
      case JsonPrimitive p -> p.getAsString();
      default -> null;
    };
  }

  private static Number number(String text) {
    return text.matches("-?[0-9]+") ? (Number) Long.valueOf(text) : (Number) Double.valueOf(text);
  }
}
