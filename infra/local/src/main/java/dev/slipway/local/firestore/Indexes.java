package dev.slipway.local.firestore;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The indexes declared for a database, as Firebase's {@code firestore.indexes.json} declares them;
 * or {@link #permissive}, which lets every query pass.
 */
public final class Indexes {

  private static final Indexes PERMISSIVE = new Indexes(false, List.of(), List.of());

  private final boolean enforced;
  private final List<Index> composites;
  private final List<FieldOverride> overrides;

  /** How one field of one collection group departs from the automatic single-field indexes. */
  record FieldOverride(String collectionGroup, FieldPath path, boolean ttl, Optional<List<Index>> indexes) {}

  private Indexes(boolean enforced, List<Index> composites, List<FieldOverride> overrides) {
    this.enforced = enforced;
    this.composites = List.copyOf(composites);
    this.overrides = List.copyOf(overrides);
  }

  /** No query needs an index, no field expires. */
  public static Indexes permissive() {
    return PERMISSIVE;
  }

  /** Only automatic single-field indexes: every query that needs a composite one is refused. */
  public static Indexes none() {
    return new Indexes(true, List.of(), List.of());
  }

  /**
   * Reads {@code {"indexes": [{collectionGroup, queryScope, fields: [{fieldPath, order |
   * arrayConfig}]}], "fieldOverrides": [{collectionGroup, fieldPath, ttl, indexes: [{queryScope,
   * order | arrayConfig}]}]}}.
   *
   * @throws IllegalArgumentException when {@code json} is not of that shape; the message says where
   */
  public static Indexes parse(String json) {
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      List<Index> composites = new ArrayList<>();
      for (JsonElement index : array(root, "indexes")) {
        composites.add(Index.composite(index.getAsJsonObject()));
      }
      List<FieldOverride> overrides = new ArrayList<>();
      for (JsonElement override : array(root, "fieldOverrides")) {
        overrides.add(override(override.getAsJsonObject()));
      }
      return new Indexes(true, composites, overrides);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException
        | StatusRuntimeException e) {
      throw new IllegalArgumentException(
          "Tried to read the declared Firestore indexes but they are not in the format of firestore.indexes.json: "
              + e.getMessage(),
          e);
    }
  }

  private static JsonArray array(JsonObject object, String key) {
    return object.has(key) ? object.getAsJsonArray(key) : new JsonArray();
  }

  private static FieldOverride override(JsonObject json) {
    String group = Index.text(json, "collectionGroup");
    FieldPath path = Index.path(json);
    Optional<List<Index>> indexes = Optional.empty();
    if (json.has("indexes")) {
      List<Index> listed = new ArrayList<>();
      for (JsonElement index : json.getAsJsonArray("indexes")) {
        listed.add(Index.single(group, path, index.getAsJsonObject()));
      }
      indexes = Optional.of(List.copyOf(listed));
    }
    return new FieldOverride(group, path, json.has("ttl") && json.get("ttl").getAsBoolean(), indexes);
  }

  boolean enforced() {
    return enforced;
  }

  /** The indexes a query of that group may use on the fields it names: declared and automatic. */
  List<Index> usable(String collectionGroup, boolean group, List<FieldPath> fields) {
    List<Index> usable = new ArrayList<>();
    for (FieldPath field : fields) {
      usable.addAll(
          overrides.stream()
              .filter(o -> o.collectionGroup().equals(collectionGroup) && o.path().equals(field))
              .flatMap(o -> o.indexes().stream())
              .findFirst()
              .orElseGet(() -> Index.automatic(collectionGroup, field)));
    }
    usable.addAll(composites);
    usable.removeIf(
        index -> !index.collectionGroup().equals(collectionGroup) || index.group() != group);
    return usable;
  }

  /** The field after which documents of that collection group expire. */
  Optional<FieldPath> ttl(String collectionGroup) {
    return overrides.stream()
        .filter(o -> o.ttl() && o.collectionGroup().equals(collectionGroup))
        .map(FieldOverride::path)
        .findFirst();
  }

  /** The collection groups whose documents may expire. */
  List<String> expiring() {
    return overrides.stream().filter(FieldOverride::ttl).map(FieldOverride::collectionGroup).toList();
  }
}
