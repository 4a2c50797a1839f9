package dev.slipway.json;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value of a sealed interface: its record's components, and the record's name as {@code type}. */
final class SealedAdapter implements TypeAdapterFactory {

  private static final String TYPE = "type";

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    return raw.isInterface() && raw.isSealed() ? new OfSealed<>(gson, records(raw)) : null;
  }

  private static Map<String, Class<?>> records(Class<?> sealed) {
    return leaves(sealed).collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedAdapter::leaves).distinct()
        : Stream.of(type);
  }

  private static final class OfSealed<T> extends TypeAdapter<T> {

    private final Gson gson;
    private final Map<String, Class<?>> records;

    OfSealed(Gson gson, Map<String, Class<?>> records) {
      this.gson = gson;
      this.records = records;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      JsonObject typed = new JsonObject();
      typed.addProperty(TYPE, value.getClass().getSimpleName());
      gson.toJsonTree(value, value.getClass())
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> typed.add(e.getKey(), e.getValue()));
      gson.getAdapter(JsonObject.class).write(out, typed);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(JsonReader in) throws IOException {
      JsonObject object = gson.getAdapter(JsonObject.class).read(in);
      String name = object.has(TYPE) ? object.get(TYPE).getAsString() : "";
      Class<?> record = records.get(name);
      if (record == null) {
        throw new JsonParseException(
            "type '%s' is none of %s".formatted(name, records.keySet().stream().sorted().toList()));
      }
      return (T) gson.fromJson(object, record);
    }
  }
}
