package dev.slipway.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leaves an empty {@code Optional} out of its object, and reads an absent one as empty: Gson hands
 * a record's constructor {@code null} for what is not there.
 */
final class OptionalAdapter implements TypeAdapterFactory {

  @Override
  @SuppressWarnings("unchecked")
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (type.getRawType() == Optional.class) {
      var inner = ((ParameterizedType) type.getType()).getActualTypeArguments()[0];
      return (TypeAdapter<T>) new OfOptional<>(gson.getAdapter(TypeToken.get(inner)));
    }
    if (type.getRawType().isRecord() && hasOptional(type.getRawType())) {
      return new OfRecord<>(
          gson, gson.getDelegateAdapter(this, type), optionals(type.getRawType()));
    }
    return null;
  }

  private static boolean hasOptional(Class<?> type) {
    return !optionals(type).isEmpty();
  }

  private static List<String> optionals(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(c -> c.getType() == Optional.class)
        .map(RecordComponent::getName)
        .toList();
  }

  /** Fills in an explicit null for each absent optional, which {@link OfOptional} reads as empty. */
  private static final class OfRecord<T> extends TypeAdapter<T> {

    private final Gson gson;
    private final TypeAdapter<T> delegate;
    private final List<String> optionals;

    OfRecord(Gson gson, TypeAdapter<T> delegate, List<String> optionals) {
      this.gson = gson;
      this.delegate = delegate;
      this.optionals = optionals;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      delegate.write(out, value);
    }

    @Override
    public T read(JsonReader in) throws IOException {
      var object = gson.getAdapter(com.google.gson.JsonObject.class).read(in);
      for (String name : optionals) {
        if (!object.has(name)) {
          object.add(name, com.google.gson.JsonNull.INSTANCE);
        }
      }
      return delegate.fromJsonTree(object);
    }
  }

  private static final class OfOptional<T> extends TypeAdapter<Optional<T>> {

    private final TypeAdapter<T> inner;

    OfOptional(TypeAdapter<T> inner) {
      this.inner = inner;
    }

    @Override
    public void write(JsonWriter out, Optional<T> value) throws IOException {
      if (value.isPresent()) {
        inner.write(out, value.get());
      } else {
        out.nullValue();
      }
    }

    @Override
    public Optional<T> read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Optional.empty();
      }
      return Optional.of(inner.read(in));
    }
  }
}
