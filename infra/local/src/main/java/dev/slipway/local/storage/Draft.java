package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object about to be written, all but its content.
 *
 * @param attributes the fields of the Object resource the client sets
 * @param preconditions checked when the content is there
 * @param hashes checked against the content
 */
record Draft(ObjectId id, JsonObject attributes, Preconditions preconditions, Hashes hashes) {

  private static final String DEFAULT_TYPE = "application/octet-stream";

  /**
   * What an insert request describes by its parameters and {@code resource}; {@code contentType} is
   * that of the content, used when the resource names none.
   */
  static Draft of(Request request, JsonObject resource, @Nullable String contentType) {
    String name = request.query("name");
    if (name == null) {
      name = Json.text(resource, "name");
    }
    if (name == null) {
      throw new ApiException(400, "required", "Required object name is missing.");
    }
    JsonObject attributes = writable(resource);
    if (!attributes.has("contentType")) {
      attributes.addProperty(
          "contentType", Objects.requireNonNullElse(contentType, DEFAULT_TYPE));
    }
    String encoding = request.query("contentEncoding");
    if (encoding != null) {
      attributes.addProperty("contentEncoding", encoding);
    }
    return new Draft(
        ObjectId.checked(request.path().get(1), name),
        attributes,
        Preconditions.of(request),
        Hashes.fromJson(resource));
  }

  /** What of {@code resource} a client may set, nulls left out. */
  static JsonObject writable(JsonObject resource) {
    return Json.merge(new JsonObject(), Json.only(resource, ObjectVersion.WRITABLE));
  }

  /** This draft, held also to the hashes said elsewhere than in the resource. */
  Draft alsoOf(Hashes said) {
    return new Draft(id, attributes, preconditions, hashes.or(said));
  }

  static Draft fromJson(JsonObject json) {
    return new Draft(
        new ObjectId(Json.required(json, "bucket"), Json.required(json, "name")),
        json.getAsJsonObject("attributes"),
        Preconditions.fromJson(json.getAsJsonObject("preconditions")),
        Hashes.fromJson(json.getAsJsonObject("hashes")));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("bucket", id.bucket());
    json.addProperty("name", id.name());
    json.add("attributes", attributes);
    json.add("preconditions", preconditions.toJson());
    json.add("hashes", hashes.toJson());
    return json;
  }
}
