package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import dev.slipway.local.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * All there is in the state: buckets by name, generations of objects by {@code
 * BUCKET\0NAME\0GENERATION}, so that a name's generations stand together, oldest first, and names
 * in order.
 */
final class Catalog {

  private static final char SEPARATOR = 0;
  private static final String LAST_GENERATION = "generation";

  private final State state;
  private final Clock clock;
  private final Contents contents;
  private final Consumer<Edit.Event> changes;
  private final MVMap<String, byte[]> buckets;
  private final MVMap<String, byte[]> objects;
  private final MVMap<String, byte[]> counters;
  private final ReentrantLock lock = new ReentrantLock();

  Catalog(State state, Clock clock, Contents contents, Consumer<Edit.Event> changes) {
    this.state = state;
    this.clock = clock;
    this.contents = contents;
    this.changes = changes;
    buckets = state.map("storage.bucket");
    objects = state.map("storage.object");
    counters = state.map("storage.counter");
  }

  static String key(ObjectId id, long generation) {
    return key(id) + "%019d".formatted(generation);
  }

  private static String key(ObjectId id) {
    return key(id.bucket(), id.name()) + SEPARATOR;
  }

  /** Where in the order of a bucket's objects {@code name} begins. */
  static String key(String bucket, String name) {
    return bucket + SEPARATOR + name;
  }

  /** Another map of this service, for what belongs to buckets. */
  MVMap<String, byte[]> map(String noun) {
    return state.map("storage." + noun);
  }

  /**
   * Lets {@code decision} gather changes, one caller at a time; carries them out unless it throws;
   * returns when they are on disk. The listener hears of them after that.
   */
  <T> T edit(Function<Edit, T> decision) {
    Edit edit;
    T result;
    lock.lock();
    try {
      edit = new Edit(objects, clock.instant().truncatedTo(ChronoUnit.MILLIS));
      result = decision.apply(edit);
      edit.carryOut();
    } finally {
      lock.unlock();
    }
    state.commit();
    edit.discarded().forEach(contents::discard);
    edit.events().forEach(changes);
    return result;
  }

  /**
   * A generation never given before, even by an earlier run whose clock was ahead: microseconds
   * since 1970. To be called inside an edit.
   */
  long nextGeneration(Edit edit) {
    byte[] last = counters.get(LAST_GENERATION);
    long previous = last == null ? 0 : Long.parseLong(Json.required(Json.parse(last), "last"));
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    long next = Math.max(micros, previous + 1);
    JsonObject counter = new JsonObject();
    counter.addProperty("last", next);
    edit.put(counters, LAST_GENERATION, counter);
    return next;
  }

  void put(Edit edit, Bucket bucket) {
    edit.put(buckets, bucket.name(), bucket.toJson());
  }

  void remove(Edit edit, Bucket bucket) {
    edit.remove(buckets, bucket.name());
  }

  @Nullable Bucket findBucket(String name) {
    byte[] bytes = buckets.get(name);
    return bytes == null ? null : Bucket.fromJson(Json.parse(bytes));
  }

  /**
   * The bucket of that name.
   *
   * @throws ApiException 404
   */
  Bucket bucket(String name) {
    Bucket bucket = findBucket(name);
    if (bucket == null) {
      throw ApiException.noBucket();
    }
    return bucket;
  }

  /** The names of all buckets from {@code from} on, in order. */
  Iterator<String> bucketsFrom(String from) {
    return buckets.keyIterator(from);
  }

  /** Whether the bucket holds no generation of anything. */
  boolean isEmpty(Bucket bucket) {
    String first = objects.ceilingKey(key(bucket.name(), ""));
    return first == null || !first.startsWith(key(bucket.name(), ""));
  }

  /** The live generation; null if there is none. */
  @Nullable ObjectVersion live(ObjectId id) {
    String newest = objects.floorKey(key(id, Long.MAX_VALUE));
    if (newest == null || !newest.startsWith(key(id))) {
      return null;
    }
    ObjectVersion version = read(objects.get(newest));
    return version != null && version.isLive() ? version : null;
  }

  /** That generation, or the live one where {@code generation} is null; null if absent. */
  @Nullable ObjectVersion find(ObjectId id, @Nullable Long generation) {
    return generation == null ? live(id) : read(objects.get(key(id, generation)));
  }

  /**
   * That generation, or the live one where {@code generation} is null.
   *
   * @throws ApiException 404 for the bucket or the object
   */
  ObjectVersion object(ObjectId id, @Nullable Long generation) {
    bucket(id.bucket());
    ObjectVersion version = find(id, generation);
    if (version == null) {
      throw ApiException.noObject(id);
    }
    return version;
  }

  /** All generations from {@code key} on, as they stand now. */
  Cursor<String, byte[]> objectsFrom(String key) {
    return objects.cursor(key);
  }

  static ObjectVersion version(byte[] bytes) {
    return ObjectVersion.fromJson(Json.parse(bytes));
  }

  private static @Nullable ObjectVersion read(byte @Nullable [] bytes) {
    return bytes == null ? null : version(bytes);
  }
}
