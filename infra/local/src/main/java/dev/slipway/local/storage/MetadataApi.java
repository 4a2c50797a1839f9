package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import java.io.IOException;

/** {@code /storage/v1} and {@code /download/storage/v1}: finds the method a request means. */
final class MetadataApi implements Api {

  private final Buckets buckets;
  private final BucketParts parts;
  private final ObjectApi objects;

  MetadataApi(Buckets buckets, BucketParts parts, ObjectApi objects) {
    this.buckets = buckets;
    this.parts = parts;
    this.objects = objects;
  }

  @Override
  public Reply answer(Request request) throws IOException {
    return switch (request.shape()) {
      case "GET /b" -> buckets.list(request);
      case "POST /b" -> buckets.insert(request);
      case "GET /b/*" -> buckets.get(request);
      case "PATCH /b/*" -> buckets.patch(request);
      case "PUT /b/*" -> buckets.update(request);
      case "DELETE /b/*" -> buckets.delete(request);
      case "GET /b/*/storageLayout" -> buckets.layout(request);
      case "GET /b/*/managedFolders" -> buckets.noManagedFolders(request);
      case "GET /projects/*/serviceAccount" -> serviceAccount();
      default -> ofBucket(request);
    };
  }

  private Reply ofBucket(Request request) throws IOException {
    return switch (request.shape()) {
      case "GET /b/*/iam" -> parts.getPolicy(request);
      case "PUT /b/*/iam" -> parts.setPolicy(request);
      case "GET /b/*/iam/*" -> parts.testPermissions(request);
      case "GET /b/*/notificationConfigs" -> parts.listNotifications(request);
      case "POST /b/*/notificationConfigs" -> parts.insertNotification(request);
      case "GET /b/*/notificationConfigs/*" -> parts.getNotification(request);
      case "DELETE /b/*/notificationConfigs/*" -> parts.deleteNotification(request);
      case "GET /b/*/o" -> objects.list(request);
      default -> ofObject(request);
    };
  }

  private Reply ofObject(Request request) throws IOException {
    return switch (request.shape()) {
      case "GET /b/*/o/*" -> objects.get(request);
      case "PATCH /b/*/o/*" -> objects.patch(request);
      case "PUT /b/*/o/*" -> objects.update(request);
      case "DELETE /b/*/o/*" -> objects.delete(request);
      case "POST /b/*/o/*/compose" -> objects.compose(request);
      case "POST /b/*/o/*/rewriteTo/b/*/o/*" -> objects.rewrite(request);
      case "POST /b/*/o/*/copyTo/b/*/o/*" -> objects.copy(request);
      case "POST /b/*/o/*/moveTo/o/*" -> objects.move(request);
      default -> throw ApiException.unwritten(request);
    };
  }

  private static Reply serviceAccount() {
    JsonObject json = new JsonObject();
    json.addProperty("kind", "storage#serviceAccount");
    json.addProperty(
        "email_address",
        "service-%s@gs-project-accounts.iam.gserviceaccount.com"
            .formatted(Resources.PROJECT_NUMBER));
    return Reply.json(json);
  }
}
