package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A bucket.
 *
 * @param attributes the fields of the Bucket resource a client may set; never changed in place. All
 *     are kept and echoed; only {@code versioning} has an effect
 */
record Bucket(
    String name, long metageneration, Instant created, Instant updated, JsonObject attributes) {

  private static final Set<String> OUTPUT_ONLY =
      Set.of(
          "kind",
          "id",
          "selfLink",
          "name",
          "projectNumber",
          "timeCreated",
          "updated",
          "metageneration",
          "etag",
          "locationType",
          "generation",
          "owner",
          "softDeleteTime",
          "hardDeleteTime");

  private static final Set<String> MULTI_REGIONS = Set.of("US", "EU", "ASIA");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  /** A bucket as a client describes it, with Google's defaults for what it leaves out. */
  static Bucket create(String name, JsonObject described, Instant now) {
    if (!NAME.matcher(name).matches()) {
      throw ApiException.invalid("Invalid bucket name: '%s'".formatted(name));
    }
    JsonObject attributes = Json.merge(defaults(), writable(described));
    String location = Json.required(attributes, "location").toUpperCase(Locale.ROOT);
    attributes.addProperty("location", location);
    return new Bucket(name, 1, now, now, attributes);
  }

  private static JsonObject defaults() {
    JsonObject uniform = new JsonObject();
    uniform.addProperty("enabled", false);
    JsonObject iam = new JsonObject();
    iam.add("uniformBucketLevelAccess", uniform);
    iam.addProperty("publicAccessPrevention", "inherited");
    JsonObject softDelete = new JsonObject();
    softDelete.addProperty("retentionDurationSeconds", "0");
    JsonObject defaults = new JsonObject();
    defaults.addProperty("location", "EUROPE-WEST1");
    defaults.addProperty("storageClass", "STANDARD");
    defaults.add("iamConfiguration", iam);
    defaults.add("softDeletePolicy", softDelete);
    return defaults;
  }

  /** What of {@code resource} a client may set. */
  static JsonObject writable(JsonObject resource) {
    return Json.without(resource, OUTPUT_ONLY);
  }

  static Bucket fromJson(JsonObject json) {
    return new Bucket(
        Json.required(json, "name"),
        Long.parseLong(Json.required(json, "metageneration")),
        Instant.parse(Json.required(json, "timeCreated")),
        Instant.parse(Json.required(json, "updated")),
        writable(json));
  }

  /** The Bucket resource, all but its link. */
  JsonObject toJson() {
    JsonObject json = attributes.deepCopy();
    json.addProperty("kind", "storage#bucket");
    json.addProperty("id", name);
    json.addProperty("name", name);
    json.addProperty("projectNumber", Resources.PROJECT_NUMBER);
    json.addProperty("metageneration", Long.toString(metageneration));
    boolean multi = MULTI_REGIONS.contains(Json.required(attributes, "location"));
    json.addProperty("locationType", multi ? "multi-region" : "region");
    json.addProperty("timeCreated", Json.time(created));
    json.addProperty("updated", Json.time(updated));
    json.addProperty(
        "etag",
        Base64.getEncoder().encodeToString(Long.toString(metageneration).getBytes(UTF_8)));
    return json;
  }

  boolean isVersioned() {
    JsonObject versioning = Json.object(attributes, "versioning");
    return versioning != null && Json.flag(versioning, "enabled");
  }

  String storageClass() {
    return Json.required(attributes, "storageClass");
  }

  Bucket withAttributes(JsonObject changed, Instant at) {
    return new Bucket(name, metageneration + 1, created, at, Json.merge(defaults(), changed));
  }
}
