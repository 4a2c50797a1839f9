package dev.slipway.cli.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A JSON value that is read without asking whether each step of the way is there. */
record Tree(JsonElement value) {

  static final Tree NOTHING = new Tree(JsonNull.INSTANCE);

  Tree at(String... path) {
    JsonElement here = value;
    for (String key : path) {
      JsonElement next = here instanceof JsonObject object ? object.get(key) : null;
      here = next == null ? JsonNull.INSTANCE : next;
    }
    return new Tree(here);
  }

  /** Text, number or truth as text; empty where there is none. */
  String text(String... path) {
    JsonElement found = at(path).value;
    return found.isJsonPrimitive() ? found.getAsString() : "";
  }

  boolean flag(String... path) {
    return text(path).equals("true");
  }

  long number(String... path) {
    String text = text(path);
    return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  boolean has(String... path) {
    return !at(path).value.isJsonNull();
  }

  List<Tree> each(String... path) {
    return at(path).value instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false).map(Tree::new).toList()
        : List.of();
  }

  /** A table of texts. */
  Map<String, String> texts(String... path) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (at(path).value instanceof JsonObject object) {
      object.keySet().forEach(key -> texts.put(key, new Tree(object).text(key)));
    }
    return texts;
  }

  /** The last part of a resource's name, as {@code t} of {@code projects/p/topics/t}. */
  String last(String... path) {
    String text = text(path);
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
