package dev.slipway.local.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.slipway.local.storage.Objects.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The objects methods of the API, all but insert. */
final class ObjectApi {

  private final Catalog catalog;
  private final Objects objects;
  private final Media media;
  private final Resources resources;

  ObjectApi(Catalog catalog, Objects objects, Resources resources) {
    this.catalog = catalog;
    this.objects = objects;
    this.resources = resources;
    media = new Media(objects);
  }

  Reply list(Request request) {
    for (String parameter : List.of("matchGlob", "filter")) {
      if (request.query(parameter) != null) {
        throw ApiException.unwritten("the parameter %s of objects.list".formatted(parameter));
      }
    }
    catalog.bucket(request.path().get(1));
    if (request.flag("softDeleted")) {
      return Reply.json(new JsonObject());
    }
    return Reply.json(Listing.of(request).list(catalog, resources));
  }

  Reply get(Request request) throws IOException {
    Target target = target(request);
    ObjectVersion version = catalog.object(target.id(), target.generation());
    target.preconditions().checkRead(version);
    return request.query("alt", "json").equals("media")
        ? media.of(version, request)
        : reply(version);
  }

  Reply patch(Request request) throws IOException {
    JsonObject patch = Json.only(request.json(), ObjectVersion.WRITABLE);
    return reply(objects.change(target(request), attributes -> Json.merge(attributes, patch)));
  }

  /** Replaces all a client may set; what it leaves out is gone, but for the storage class. */
  Reply update(Request request) throws IOException {
    JsonObject replacement = Draft.writable(request.json());
    return reply(
        objects.change(
            target(request),
            attributes -> {
              JsonObject changed = replacement.deepCopy();
              changed.add("storageClass", attributes.get("storageClass"));
              return changed;
            }));
  }

  Reply delete(Request request) {
    objects.delete(target(request));
    return Reply.empty(204);
  }

  /** The whole copy in one answer: nothing on a laptop is so large as to need a second call. */
  Reply rewrite(Request request) throws IOException {
    ObjectVersion copy = copied(request);
    JsonObject json = new JsonObject();
    json.addProperty("kind", "storage#rewriteResponse");
    json.addProperty("totalBytesRewritten", Long.toString(copy.content().size()));
    json.addProperty("objectSize", Long.toString(copy.content().size()));
    json.addProperty("done", true);
    json.add("resource", resources.object(copy));
    return Reply.json(json);
  }

  Reply copy(Request request) throws IOException {
    return reply(copied(request));
  }

  private ObjectVersion copied(Request request) throws IOException {
    List<String> path = request.path();
    ObjectId destination = ObjectId.checked(path.get(6), path.get(8));
    return objects.copy(source(request), draft(request, destination, request.json()));
  }

  Reply move(Request request) throws IOException {
    List<String> path = request.path();
    ObjectId destination = ObjectId.checked(path.get(1), path.get(6));
    return reply(objects.move(source(request), draft(request, destination, request.json())));
  }

  Reply compose(Request request) throws IOException {
    JsonObject json = request.json();
    ObjectId id = ObjectId.checked(request.path().get(1), request.path().get(3));
    JsonObject destination = Json.object(json, "destination");
    Draft draft = draft(request, id, destination == null ? new JsonObject() : destination);
    List<Target> sources = new ArrayList<>();
    JsonArray named = json.getAsJsonArray("sourceObjects");
    for (JsonElement source : named == null ? new JsonArray() : named) {
      sources.add(part(id.bucket(), source.getAsJsonObject()));
    }
    ObjectVersion composed = objects.compose(sources, draft);
    if (Json.flag(json, "deleteSourceObjects")) {
      sources.stream().filter(source -> !source.id().equals(id)).forEach(objects::delete);
    }
    return reply(composed);
  }

  private static Target part(String bucket, JsonObject source) {
    String name = Json.text(source, "name");
    if (name == null) {
      throw new ApiException(400, "required", "A source object without a name.");
    }
    JsonObject conditions = Json.object(source, "objectPreconditions");
    return new Target(
        new ObjectId(bucket, name),
        Json.number(source, "generation"),
        conditions == null ? Preconditions.NONE : Preconditions.fromJson(conditions));
  }

  private static Draft draft(Request request, ObjectId id, JsonObject resource) {
    return new Draft(
        id, Draft.writable(resource), Preconditions.of(request), Hashes.fromJson(resource));
  }

  private static Target target(Request request) {
    return new Target(id(request), request.number("generation"), Preconditions.of(request));
  }

  private static Target source(Request request) {
    return new Target(
        id(request), request.number("sourceGeneration"), Preconditions.ofSource(request));
  }

  private static ObjectId id(Request request) {
    return new ObjectId(request.path().get(1), request.path().get(3));
  }

  private Reply reply(ObjectVersion version) {
    return Reply.json(resources.object(version));
  }
}
