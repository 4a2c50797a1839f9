package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.undertow.server.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Storage: the JSON API on the HTTP port, and two methods for the other services of the same
 * process. Contents are files in the state's folder {@code storage}; what is answered as written is
 * on disk.
 */
public final class Storage implements CloudService {

  private final Catalog catalog;
  private final Contents contents;
  private final Objects objects;
  private final Uploads uploads;
  private final Resources resources;

  /**
   * Opens what {@code state} holds and clears away what an end in the midst of an upload left.
   *
   * @param endpoint where clients reach the HTTP port: {@code http://127.0.0.1:PORT}
   * @param listener is told of every change to an object, on a thread of {@code scheduler}
   */
  public Storage(
      State state, Clock clock, Scheduler scheduler, String endpoint, ObjectListener listener) {
    resources = new Resources(endpoint);
    contents = new Contents(state.folder("storage"));
    catalog = new Catalog(state, clock, contents, new Changes(scheduler, listener, resources));
    objects = new Objects(catalog, contents);
    uploads = new Uploads(catalog, contents, objects, resources);
    uploads.expire(clock.instant());
    contents.sweep(generations()::contains, uploads::isSession);
  }

  private Set<String> generations() {
    Set<String> generations = new HashSet<>();
    Cursor<String, byte[]> all = catalog.objectsFrom("");
    while (all.hasNext()) {
      all.next();
      generations.add(Long.toString(Catalog.version(all.getValue()).generation()));
    }
    return generations;
  }

  @Override
  public Map<String, HttpHandler> http() {
    BucketParts parts = new BucketParts(catalog, resources);
    Api metadata =
        new MetadataApi(
            new Buckets(catalog, resources, parts),
            parts,
            new ObjectApi(catalog, objects, resources));
    Api upload = new UploadApi(objects, uploads, resources);
    return Stream.of(
            new Edge("/storage/v1", metadata),
            new Edge("/download/storage/v1", metadata),
            new Edge("/upload/storage/v1", upload),
            new Edge("/resumable/upload/storage/v1", upload),
            new Edge("/batch/storage/v1", new BatchApi(metadata)))
        .collect(Collectors.toMap(Edge::prefix, Function.identity()));
  }

  /** Makes a bucket with Google's defaults, if it is absent. */
  public void ensureBucket(String name) {
    catalog.edit(
        edit -> {
          Bucket present = catalog.findBucket(name);
          if (present != null) {
            return present;
          }
          Bucket bucket = Bucket.create(name, new JsonObject(), edit.now());
          catalog.put(edit, bucket);
          return bucket;
        });
  }

  /**
   * Opens the content of an object.
   *
   * @param generation null for the live one
   * @throws NoSuchObjectException when there is no such bucket, object or generation
   */
  public InputStream open(String bucket, String object, @Nullable Long generation) {
    return present(
        () -> objects.open(catalog.object(new ObjectId(bucket, object), generation), 0));
  }

  /**
   * Writes an object, whatever was there before.
   *
   * @param content read to its end and closed
   * @return the new generation
   * @throws NoSuchObjectException when there is no such bucket
   */
  public long write(String bucket, String object, String contentType, InputStream content) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("contentType", contentType);
    return present(
        () ->
            objects
                .insert(
                    new Draft(
                        ObjectId.checked(bucket, object),
                        attributes,
                        Preconditions.NONE,
                        new Hashes(null, null)),
                    content)
                .generation());
  }

  /** As {@link #write(String, String, String, InputStream)}. */
  public long write(String bucket, String object, String contentType, byte[] content) {
    return write(bucket, object, contentType, new ByteArrayInputStream(content));
  }

  private static <T> T present(Supplier<T> act) {
    try {
      return act.get();
    } catch (ApiException e) {
      if (e.status() == 404) {
        throw new NoSuchObjectException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }
}
