package dev.slipway.local.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * What belongs to a bucket beside its objects: notification configurations and the IAM policy. Both
 * are only kept and echoed here.
 */
final class BucketParts {

  private final Catalog catalog;
  private final Resources resources;
  private final MVMap<String, byte[]> notifications;
  private final MVMap<String, byte[]> policies;

  BucketParts(Catalog catalog, Resources resources) {
    this.catalog = catalog;
    this.resources = resources;
    notifications = catalog.map("notification");
    policies = catalog.map("policy");
  }

  Reply insertNotification(Request request) throws IOException {
    JsonObject described = request.json();
    if (Json.text(described, "topic") == null) {
      throw new ApiException(400, "required", "Required notification topic is missing.");
    }
    String bucket = request.path().get(1);
    return catalog.edit(
        edit -> {
          catalog.bucket(bucket);
          List<String> keys = keys(bucket);
          String id =
              keys.isEmpty() ? "1" : Long.toString(1 + Long.parseLong(id(keys.getLast())));
          JsonObject notification = described.deepCopy();
          notification.addProperty("kind", "storage#notification");
          notification.addProperty("id", id);
          notification.addProperty("etag", id);
          notification.addProperty(
              "selfLink",
              "%s/storage/v1/b/%s/notificationConfigs/%s".formatted(resources.base(), bucket, id));
          if (!notification.has("payload_format")) {
            notification.addProperty("payload_format", "JSON_API_V1");
          }
          edit.put(notifications, key(bucket, id), notification);
          return Reply.json(notification);
        });
  }

  Reply getNotification(Request request) {
    String bucket = request.path().get(1);
    catalog.bucket(bucket);
    byte[] bytes = notifications.get(key(bucket, request.path().get(3)));
    if (bytes == null) {
      throw noNotification(request);
    }
    return Reply.json(Json.parse(bytes));
  }

  Reply listNotifications(Request request) {
    String bucket = request.path().get(1);
    catalog.bucket(bucket);
    JsonArray items = new JsonArray();
    keys(bucket).stream().map(notifications::get).map(Json::parse).forEach(items::add);
    JsonObject json = new JsonObject();
    json.addProperty("kind", "storage#notifications");
    json.add("items", items);
    return Reply.json(json);
  }

  Reply deleteNotification(Request request) {
    String key = key(request.path().get(1), request.path().get(3));
    return catalog.edit(
        edit -> {
          catalog.bucket(request.path().get(1));
          if (!notifications.containsKey(key)) {
            throw noNotification(request);
          }
          edit.remove(notifications, key);
          return Reply.empty(204);
        });
  }

  Reply getPolicy(Request request) {
    String bucket = catalog.bucket(request.path().get(1)).name();
    byte[] bytes = policies.get(bucket);
    JsonObject none = new JsonObject();
    none.add("bindings", new JsonArray());
    return Reply.json(policy(bucket, bytes == null ? none : Json.parse(bytes)));
  }

  Reply setPolicy(Request request) throws IOException {
    JsonObject policy = request.json();
    return catalog.edit(
        edit -> {
          String bucket = catalog.bucket(request.path().get(1)).name();
          edit.put(policies, bucket, policy);
          return Reply.json(policy(bucket, policy));
        });
  }

  /** On the laptop everybody may do everything. */
  Reply testPermissions(Request request) {
    catalog.bucket(request.path().get(1));
    JsonArray permissions = new JsonArray();
    for (String permission : request.query("permissions", "").split(",", -1)) {
      permissions.add(permission);
    }
    JsonObject json = new JsonObject();
    json.addProperty("kind", "storage#testIamPermissionsResponse");
    json.add("permissions", permissions);
    return Reply.json(json);
  }

  void removeAll(Edit edit, Bucket bucket) {
    keys(bucket.name()).forEach(key -> edit.remove(notifications, key));
    edit.remove(policies, bucket.name());
  }

  private static JsonObject policy(String bucket, JsonObject kept) {
    JsonObject policy = kept.deepCopy();
    policy.addProperty("kind", "storage#policy");
    policy.addProperty("resourceId", "projects/_/buckets/" + bucket);
    policy.addProperty("etag", "CAE=");
    if (!policy.has("version")) {
      policy.addProperty("version", 1);
    }
    return policy;
  }

  /** The keys of a bucket's notifications, oldest first. */
  private List<String> keys(String bucket) {
    List<String> keys = new ArrayList<>();
    Iterator<String> all = notifications.keyIterator(Catalog.key(bucket, ""));
    while (all.hasNext()) {
      String key = all.next();
      if (!key.startsWith(Catalog.key(bucket, ""))) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }

  /** Padded, so that the keys' order is that of the numbers. */
  private static String key(String bucket, String id) {
    return Catalog.key(bucket, "0".repeat(Math.max(0, 19 - id.length())) + id);
  }

  private static String id(String key) {
    return key.substring(key.length() - 19);
  }

  private static ApiException noNotification(Request request) {
    return new ApiException(
        404,
        "notFound",
        "Notification %s on bucket %s not found."
            .formatted(request.path().get(3), request.path().get(1)));
  }
}
