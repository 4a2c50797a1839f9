package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload.
 *
 * @param key names it, and is hard to guess
 * @param declared the size said at the start in bytes; null if not said
 * @param result the Object resource it became; null while it is under way
 */
record UploadSession(
    String key,
    Draft draft,
    @Nullable Long declared,
    Instant created,
    @Nullable JsonObject result) {

  static UploadSession fromJson(JsonObject json) {
    return new UploadSession(
        Json.required(json, "key"),
        Draft.fromJson(json.getAsJsonObject("draft")),
        Json.number(json, "declared"),
        Instant.parse(Json.required(json, "created")),
        Json.object(json, "result"));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("key", key);
    json.add("draft", draft.toJson());
    json.addProperty("declared", declared);
    json.addProperty("created", Json.time(created));
    json.add("result", result);
    return json;
  }

  UploadSession finished(JsonObject object) {
    return new UploadSession(key, draft, declared, created, object);
  }
}
