package dev.slipway.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
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

/**
 * A value of a sealed interface: its record's components, and the record's name as {@code type}.
 *
 * <p>A record of such an interface carries its name even where it is not asked for as one: for a
 * component Gson takes the adapter of what is in it, not of what was declared, where that adapter
 * is one of ours.
 */
final class SealedAdapter implements TypeAdapterFactory {

  private static final String TYPE = "type";

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (raw.isInterface() && raw.isSealed()) {
      return new OfSealed<>(gson, records(raw));
    }
    return raw.isRecord() && Arrays.stream(raw.getInterfaces()).anyMatch(Class::isSealed)
        ? new OfNamed<>(gson, gson.getDelegateAdapter(this, type))
        : null;
  }

  private static void writeNamed(Gson gson, JsonWriter out, Object value, JsonElement components)
      throws IOException {
    JsonObject typed = new JsonObject();
    typed.addProperty(TYPE, value.getClass().getSimpleName());
    components.getAsJsonObject().entrySet().forEach(e -> typed.add(e.getKey(), e.getValue()));
    gson.getAdapter(JsonObject.class).write(out, typed);
  }

  private static final class OfNamed<T> extends TypeAdapter<T> {

    private final Gson gson;
    private final TypeAdapter<T> components;

    OfNamed(Gson gson, TypeAdapter<T> components) {
      this.gson = gson;
      this.components = components;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      writeNamed(gson, out, value, components.toJsonTree(value));
    }

    @Override
    public T read(JsonReader in) throws IOException {
      return components.read(in);
    }
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
      gson.toJson(value, value.getClass(), out);
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
