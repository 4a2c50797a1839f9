package dev.slipway.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into JSON and back, by their component names.
 *
 * <p>An absent {@code Optional} is left out; times and durations are ISO-8601 text; release ids and
 * service names are text; a value of a sealed interface carries its record's name as {@code type}.
 * What is unknown when reading is ignored, so that an older reader understands a newer writer.
 */
public final class Json {

  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapterFactory(new OptionalAdapter())
          .registerTypeAdapterFactory(new SealedAdapter())
          .registerTypeAdapter(Instant.class, TextAdapter.of(Instant::toString, Instant::parse))
          .registerTypeAdapter(Duration.class, TextAdapter.of(Duration::toString, Duration::parse))
          .registerTypeAdapter(
              LocalDate.class, TextAdapter.of(LocalDate::toString, LocalDate::parse))
          .registerTypeAdapter(
              ReleaseId.class, TextAdapter.of(ReleaseId::toString, ReleaseId::parse))
          .registerTypeAdapter(
              ServiceName.class, TextAdapter.of(ServiceName::toString, ServiceName::new))
          .create();

  private Json() {}

  /** Compact JSON text. */
  public static String write(Object value, Class<?> as) {
    return GSON.toJson(value, as);
  }

  /** The JSON tree of a value. */
  public static JsonElement tree(Object value, Class<?> as) {
    return GSON.toJsonTree(value, as);
  }

  /**
   * Reads JSON text.
   *
   * @throws com.google.gson.JsonParseException when it is not of that shape
   */
  public static <T> T read(String json, Class<T> as) {
    return GSON.fromJson(json, as);
  }

  /** A value as a tree of maps, lists, text, numbers and booleans. */
  public static Map<String, @Nullable Object> map(Object value, Class<?> as) {
    return map(tree(value, as).getAsJsonObject());
  }

  /** Reads what {@link #map} wrote. */
  public static <T> T value(Object map, Class<T> as) {
    return GSON.fromJson(GSON.toJsonTree(map), as);
  }

  private static Map<String, @Nullable Object> map(JsonObject object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    object.entrySet().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
    return map;
  }

  private static @Nullable Object plain(JsonElement element) {
    return switch (element) {
      case JsonObject object -> map(object);
      case JsonArray array -> list(array);
      case JsonPrimitive primitive when primitive.isBoolean() -> primitive.getAsBoolean();
      case JsonPrimitive primitive when primitive.isNumber() -> number(primitive.getAsBigDecimal());
      case JsonPrimitive primitive -> primitive.getAsString();
      case JsonNull nothing -> null;
      default -> throw new IllegalArgumentException("no JSON: " + element);
    };
  }

  private static List<@Nullable Object> list(JsonArray array) {
    List<@Nullable Object> list = new ArrayList<>();
    array.forEach(e -> list.add(plain(e)));
    return list;
  }

  private static Number number(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0
        ? (Number) number.longValueExact()
        : (Number) number.doubleValue();
  }
}
