package dev.slipway.json;

import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;

/** A value that is one piece of text in JSON. */
final class TextAdapter<T> extends TypeAdapter<T> {

  private final Function<T, String> print;
  private final Function<String, T> parse;

  private TextAdapter(Function<T, String> print, Function<String, T> parse) {
    this.print = print;
    this.parse = parse;
  }

  static <T> TypeAdapter<T> of(Function<T, String> print, Function<String, T> parse) {
    return new TextAdapter<>(print, parse).nullSafe();
  }

  @Override
  public void write(JsonWriter out, T value) throws IOException {
    out.value(print.apply(value));
  }

  @Override
  public T read(JsonReader in) throws IOException {
    String text = in.nextString();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new JsonParseException(
          "at " + in.getPreviousPath() + ": " + e.getMessage(), e);
    }
  }
}
