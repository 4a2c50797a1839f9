package dev.slipway.local.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/** The buckets methods of the API. */
final class Buckets {

  private final Catalog catalog;
  private final Resources resources;
  private final BucketParts parts;

  Buckets(Catalog catalog, Resources resources, BucketParts parts) {
    this.catalog = catalog;
    this.resources = resources;
    this.parts = parts;
  }

  Reply insert(Request request) throws IOException {
    JsonObject described = request.json();
    String name = Json.text(described, "name");
    if (name == null) {
      throw new ApiException(400, "required", "Required bucket name is missing.");
    }
    return reply(
        catalog.edit(
            edit -> {
              if (catalog.findBucket(name) != null) {
                throw ApiException.conflict(
                    "Your previous request to create the named bucket succeeded and you already own it.");
              }
              Bucket bucket = Bucket.create(name, described, edit.now());
              catalog.put(edit, bucket);
              return bucket;
            }));
  }

  Reply get(Request request) {
    Bucket bucket = catalog.bucket(request.path().get(1));
    Preconditions.of(request).checkRead(bucket);
    return reply(bucket);
  }

  /** What gcloud asks before it lists or moves: nothing here has a hierarchical namespace. */
  Reply layout(Request request) {
    JsonObject bucket = catalog.bucket(request.path().get(1)).toJson();
    JsonObject hierarchical = new JsonObject();
    hierarchical.addProperty("enabled", false);
    JsonObject layout = new JsonObject();
    layout.addProperty("kind", "storage#storageLayout");
    layout.add("bucket", bucket.get("name"));
    layout.add("location", bucket.get("location"));
    layout.add("locationType", bucket.get("locationType"));
    layout.add("hierarchicalNamespace", hierarchical);
    return Reply.json(layout);
  }

  /** What gcloud asks before it removes a bucket: there are no managed folders here. */
  Reply noManagedFolders(Request request) {
    catalog.bucket(request.path().get(1));
    JsonObject none = new JsonObject();
    none.addProperty("kind", "storage#managedFolders");
    return Reply.json(none);
  }

  Reply list(Request request) {
    String prefix = request.query("prefix", "");
    String after = Listing.after(request);
    int limit = Listing.limit(request);
    JsonArray items = new JsonArray();
    JsonObject json = new JsonObject();
    json.addProperty("kind", "storage#buckets");
    Iterator<String> names = catalog.bucketsFrom(after == null ? prefix : after);
    String last = "";
    while (names.hasNext()) {
      String name = names.next();
      if (name.equals(after)) {
        continue;
      }
      if (!name.startsWith(prefix)) {
        break;
      }
      if (items.size() == limit) {
        json.addProperty("nextPageToken", Listing.token(last));
        break;
      }
      Bucket bucket = catalog.findBucket(name);
      if (bucket != null) {
        items.add(resources.bucket(bucket));
        last = name;
      }
    }
    json.add("items", items);
    return Reply.json(json);
  }

  Reply patch(Request request) throws IOException {
    JsonObject patch = Bucket.writable(request.json());
    return change(request, attributes -> Json.merge(attributes, patch));
  }

  Reply update(Request request) throws IOException {
    JsonObject replacement = Json.merge(new JsonObject(), Bucket.writable(request.json()));
    return change(request, attributes -> replacement);
  }

  private Reply change(Request request, UnaryOperator<JsonObject> change) {
    return reply(
        catalog.edit(
            edit -> {
              Bucket bucket = catalog.bucket(request.path().get(1));
              Preconditions.of(request).checkWrite(bucket);
              Bucket changed =
                  bucket.withAttributes(change.apply(bucket.attributes()), edit.now());
              catalog.put(edit, changed);
              return changed;
            }));
  }

  Reply delete(Request request) {
    catalog.edit(
        edit -> {
          Bucket bucket = catalog.bucket(request.path().get(1));
          Preconditions.of(request).checkWrite(bucket);
          if (!catalog.isEmpty(bucket)) {
            throw ApiException.conflict("The bucket you tried to delete is not empty.");
          }
          parts.removeAll(edit, bucket);
          catalog.remove(edit, bucket);
          return bucket;
        });
    return Reply.empty(204);
  }

  private Reply reply(Bucket bucket) {
    return Reply.json(resources.bucket(bucket));
  }
}
