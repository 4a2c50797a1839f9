package dev.slipway.local.firestore;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One index.
 *
 * @param group whether its scope is the collection group, not the single collection
 * @param fields its fields in order, the name only where it was declared
 */
record Index(String collectionGroup, boolean group, List<Part> fields) {

  /** How a field is indexed. */
  enum Mode {
    ASCENDING,
    DESCENDING,
    CONTAINS;

    static Mode of(boolean descending) {
      return descending ? DESCENDING : ASCENDING;
    }
  }

  /** One field of an index. */
  record Part(FieldPath path, Mode mode) {}

  static Index composite(JsonObject json) {
    List<Part> fields = new ArrayList<>();
    for (JsonElement field : json.getAsJsonArray("fields")) {
      JsonObject object = field.getAsJsonObject();
      fields.add(new Part(path(object), mode(object)));
    }
    return new Index(text(json, "collectionGroup"), isGroup(json), List.copyOf(fields));
  }

  static Index single(String collectionGroup, FieldPath path, JsonObject json) {
    return new Index(collectionGroup, isGroup(json), List.of(new Part(path, mode(json))));
  }

  /** What every field has unless told otherwise. */
  static List<Index> automatic(String collectionGroup, FieldPath path) {
    List<Index> indexes = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      indexes.add(new Index(collectionGroup, false, List.of(new Part(path, mode))));
    }
    return indexes;
  }

  static String text(JsonObject json, String key) {
    if (!json.has(key)) {
      throw new IllegalStateException("\"" + key + "\" is missing in " + json);
    }
    return json.get(key).getAsString();
  }

  static FieldPath path(JsonObject json) {
    return FieldPath.parse(text(json, "fieldPath"));
  }

  private static boolean isGroup(JsonObject json) {
    return json.has("queryScope") && text(json, "queryScope").equals("COLLECTION_GROUP");
  }

  private static Mode mode(JsonObject json) {
    String text = json.has("arrayConfig") ? text(json, "arrayConfig") : text(json, "order");
    try {
      return Mode.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("\"" + text + "\" is no order or arrayConfig in " + json, e);
    }
  }

  /**
   * Which of {@code wanted}'s equalities it serves while keeping {@code wanted}'s order; empty
   * where it keeps another.
   */
  Optional<Set<Part>> serves(Demand wanted) {
    boolean named = !fields.isEmpty() && fields.getLast().path().isName();
    List<Part> own = named ? fields.subList(0, fields.size() - 1) : fields;
    Mode name =
        named
            ? fields.getLast().mode()
            : Mode.of(!own.isEmpty() && own.getLast().mode() == Mode.DESCENDING);
    int head = own.size() - wanted.orders().size();
    if (head < 0
        || name != wanted.name()
        || !own.subList(head, own.size()).equals(wanted.orders())) {
      return Optional.empty();
    }
    Set<Part> served = new HashSet<>();
    own.subList(0, head).forEach(part -> served.add(Demand.equality(part)));
    return wanted.equalities().containsAll(served) ? Optional.of(served) : Optional.empty();
  }

  /** The declaration to add to {@code firestore.indexes.json}. */
  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("collectionGroup", collectionGroup);
    json.addProperty("queryScope", group ? "COLLECTION_GROUP" : "COLLECTION");
    JsonArray array = new JsonArray();
    for (Part part : fields) {
      JsonObject field = new JsonObject();
      field.addProperty("fieldPath", part.path().toString());
      field.addProperty(
          part.mode() == Mode.CONTAINS ? "arrayConfig" : "order", part.mode().name());
      array.add(field);
    }
    json.add("fields", array);
    return json;
  }

  /** The override that makes this index of a single field. */
  JsonObject override() {
    Part part = fields.getFirst();
    JsonObject index = new JsonObject();
    index.addProperty("queryScope", group ? "COLLECTION_GROUP" : "COLLECTION");
    index.addProperty(part.mode() == Mode.CONTAINS ? "arrayConfig" : "order", part.mode().name());
    JsonArray indexes = new JsonArray();
    indexes.add(index);
    JsonObject json = new JsonObject();
    json.addProperty("collectionGroup", collectionGroup);
    json.addProperty("fieldPath", part.path().toString());
    json.add("indexes", indexes);
    return json;
  }
}
