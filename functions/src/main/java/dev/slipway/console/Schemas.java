package dev.slipway.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JSON Schemas of records, as {@link dev.slipway.json.Json} writes them. */
final class Schemas {

  private static final String ERROR = "Error";

  private final Map<String, JsonObject> named = new TreeMap<>();

  /** The schema of a value of that type; that of a record is a reference. */
  JsonObject of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      JsonObject inner = of(generic.getActualTypeArguments()[0]);
      return Collection.class.isAssignableFrom(raw) ? array(inner) : inner;
    }
    Class<?> plain = (Class<?>) type;
    if (plain == ReleaseId.class) {
      JsonObject id = typed("string");
      id.addProperty("pattern", "^[a-z][-a-z0-9]*-[0-9a-f]{12}$");
      return id;
    }
    if (plain == ServiceName.class) {
      return typed("string");
    }
    if (plain.isEnum()) {
      return named(plain, typed("string"), schema -> schema.add("enum", constants(plain)));
    }
    if (plain.isSealed() && plain.isInterface()) {
      return named(plain, new JsonObject(), schema -> alternatives(schema, plain));
    }
    return plain.isRecord()
        ? named(plain, typed("object"), schema -> properties(schema, plain))
        : simple(plain);
  }

  /** Every schema referred to so far, by name. */
  JsonObject all() {
    JsonObject all = new JsonObject();
    named.forEach(all::add);
    return all;
  }

  /** What an error is answered with. */
  JsonObject error() {
    JsonObject properties = new JsonObject();
    properties.add("error", typed("string"));
    JsonArray required = new JsonArray();
    required.add("error");
    JsonObject schema = typed("object");
    schema.add("properties", properties);
    schema.add("required", required);
    named.put(ERROR, schema);
    return reference(ERROR);
  }

  static JsonObject array(JsonObject items) {
    JsonObject array = typed("array");
    array.add("items", items);
    return array;
  }

  private interface Filling {
    void fill(JsonObject schema);
  }

  private JsonObject named(Class<?> type, JsonObject schema, Filling filling) {
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    if (!named.containsKey(name)) {
      named.put(name, schema);
      filling.fill(schema);
    }
    return reference(name);
  }

  private void properties(JsonObject schema, Class<?> type) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.add(component.getName(), of(component.getGenericType()));
      if (component.getType() != Optional.class) {
        required.add(component.getName());
      }
    }
    schema.add("properties", properties);
    schema.add("required", required);
  }

  private void alternatives(JsonObject schema, Class<?> sealed) {
    JsonArray all = new JsonArray();
    records(sealed)
        .forEach(
            record -> {
              JsonObject reference = of(record);
              String name = reference.get("$ref").getAsString();
              JsonObject own = named.get(name.substring(name.lastIndexOf('/') + 1));
              if (own != null && !own.getAsJsonObject("properties").has("type")) {
                JsonObject type = new JsonObject();
                type.addProperty("const", record.getSimpleName());
                own.getAsJsonObject("properties").add("type", type);
                own.getAsJsonArray("required").add("type");
              }
              all.add(reference);
            });
    schema.add("oneOf", all);
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Schemas::records).distinct()
        : Stream.of(type);
  }

  private static JsonArray constants(Class<?> type) {
    JsonArray constants = new JsonArray();
    for (Object constant : type.getEnumConstants()) {
      constants.add(((Enum<?>) constant).name());
    }
    return constants;
  }

  private static JsonObject simple(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return typed("integer");
    }
    if (type == double.class || type == Double.class) {
      return typed("number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return typed("boolean");
    }
    if (type == String.class) {
      return typed("string");
    }
    JsonObject text = typed("string");
    Map<Class<?>, String> formats =
        Map.of(Instant.class, "date-time", Duration.class, "duration", LocalDate.class, "date");
    String format = formats.get(type);
    if (format == null) {
      throw new IllegalArgumentException("no schema is known for " + type);
    }
    text.addProperty("format", format);
    return text;
  }

  private static JsonObject typed(String type) {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", type);
    return schema;
  }

  private static JsonObject reference(String name) {
    JsonObject reference = new JsonObject();
    reference.addProperty("$ref", "#/components/schemas/" + name);
    return reference;
  }
}
