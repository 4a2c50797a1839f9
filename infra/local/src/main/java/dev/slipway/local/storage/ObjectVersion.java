package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One generation of an object.
 *
 * @param archived since when it is noncurrent; null while it is live
 * @param attributes the fields of the Object resource a client may set; never changed in place
 */
record ObjectVersion(
    ObjectId id,
    long generation,
    long metageneration,
    Content content,
    Instant created,
    Instant updated,
    @Nullable Instant archived,
    JsonObject attributes) {

  /** The fields of an Object resource that clients may write. They are echoed, not enforced. */
  static final Set<String> WRITABLE =
      Set.of(
          "acl",
          "cacheControl",
          "contentDisposition",
          "contentEncoding",
          "contentLanguage",
          "contentType",
          "contexts",
          "customTime",
          "eventBasedHold",
          "metadata",
          "retention",
          "storageClass",
          "temporaryHold");

  static ObjectVersion fromJson(JsonObject json) {
    String archived = Json.text(json, "timeDeleted");
    Long components = Json.number(json, "componentCount");
    Content content =
        new Content(
            Long.parseLong(Json.required(json, "size")),
            Json.required(json, "crc32c"),
            Json.text(json, "md5Hash"),
            requireNonNullElse(components, 0L).intValue());
    return new ObjectVersion(
        new ObjectId(Json.required(json, "bucket"), Json.required(json, "name")),
        Long.parseLong(Json.required(json, "generation")),
        Long.parseLong(Json.required(json, "metageneration")),
        content,
        Instant.parse(Json.required(json, "timeCreated")),
        Instant.parse(Json.required(json, "updated")),
        archived == null ? null : Instant.parse(archived),
        Json.only(json, WRITABLE));
  }

  /** The Object resource, all but its links. */
  JsonObject toJson() {
    JsonObject json = attributes.deepCopy();
    json.addProperty("kind", "storage#object");
    json.addProperty("id", id + "/" + generation);
    json.addProperty("name", id.name());
    json.addProperty("bucket", id.bucket());
    json.addProperty("generation", Long.toString(generation));
    json.addProperty("metageneration", Long.toString(metageneration));
    json.addProperty("size", Long.toString(content.size()));
    json.addProperty("crc32c", content.crc32c());
    if (content.md5() != null) {
      json.addProperty("md5Hash", content.md5());
    }
    if (content.components() > 0) {
      json.addProperty("componentCount", content.components());
    }
    json.addProperty("etag", etag());
    json.addProperty("timeCreated", Json.time(created));
    json.addProperty("timeFinalized", Json.time(created));
    json.addProperty("timeStorageClassUpdated", Json.time(created));
    json.addProperty("updated", Json.time(updated));
    if (archived != null) {
      json.addProperty("timeDeleted", Json.time(archived));
    }
    return json;
  }

  String etag() {
    return Base64.getEncoder().encodeToString((generation + "/" + metageneration).getBytes(UTF_8));
  }

  boolean isLive() {
    return archived == null;
  }

  @Nullable String attribute(String key) {
    return Json.text(attributes, key);
  }

  ObjectVersion archivedAt(Instant at) {
    return new ObjectVersion(
        id, generation, metageneration, content, created, updated, at, attributes);
  }

  ObjectVersion withAttributes(JsonObject changed, Instant at) {
    return new ObjectVersion(
        id, generation, metageneration + 1, content, created, at, archived, changed);
  }
}
