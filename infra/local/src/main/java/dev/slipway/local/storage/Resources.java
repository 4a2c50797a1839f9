package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.net.URLEncoder;

/**
 * Resources as clients see them, links included.
 *
 * @param base where this service is reached: {@code http://127.0.0.1:PORT}
 */
record Resources(String base) {

  /** The number of the laptop's one project. */
  static final String PROJECT_NUMBER = "100000000001";

  JsonObject object(ObjectVersion version) {
    JsonObject json = version.toJson();
    String path = path(version.id().bucket()) + "/o/" + encode(version.id().name());
    json.addProperty("selfLink", base + "/storage/v1" + path);
    json.addProperty(
        "mediaLink",
        "%s/download/storage/v1%s?generation=%d&alt=media"
            .formatted(base, path, version.generation()));
    return json;
  }

  JsonObject bucket(Bucket bucket) {
    JsonObject json = bucket.toJson();
    json.addProperty("selfLink", base + "/storage/v1" + path(bucket.name()));
    return json;
  }

  /** The address of an upload session, all a client needs to go on with it. */
  String session(UploadSession session) {
    return "%s/upload/storage/v1%s/o?uploadType=resumable&upload_id=%s&name=%s"
        .formatted(
            base,
            path(session.draft().id().bucket()),
            session.key(),
            encode(session.draft().id().name()));
  }

  private static String path(String bucket) {
    return "/b/" + encode(bucket);
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
  }
}
