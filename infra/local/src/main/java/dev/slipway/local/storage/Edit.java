package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import dev.slipway.local.storage.ObjectChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * What one request changes, gathered while the catalog is locked and carried out only when the
 * whole of it has been decided.
 */
final class Edit {

  /** An object's change, to be told to the listener after the commit. */
  record Event(Kind kind, ObjectVersion version) {}

  private final MVMap<String, byte[]> objects;
  private final Instant now;
  private final List<Runnable> steps = new ArrayList<>();
  private final List<Long> discarded = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  Edit(MVMap<String, byte[]> objects, Instant now) {
    this.objects = objects;
    this.now = now;
  }

  /** When the edit takes place, to the millisecond, as resources tell it. */
  Instant now() {
    return now;
  }

  void put(MVMap<String, byte[]> map, String key, JsonObject value) {
    byte[] bytes = Json.bytes(value);
    steps.add(() -> map.put(key, bytes));
  }

  void remove(MVMap<String, byte[]> map, String key) {
    steps.add(() -> map.remove(key));
  }

  /** A new live generation. */
  void add(ObjectVersion version) {
    put(version);
    events.add(new Event(Kind.FINALIZED, version));
  }

  /** New metadata of a generation. */
  void replace(ObjectVersion version) {
    put(version);
    events.add(new Event(Kind.METADATA_UPDATED, version));
  }

  /** The live generation gives way: it stays as a noncurrent one where the bucket keeps those. */
  void retire(ObjectVersion live, Bucket bucket) {
    if (bucket.isVersioned()) {
      ObjectVersion archived = live.archivedAt(now);
      put(archived);
      events.add(new Event(Kind.ARCHIVED, archived));
    } else {
      remove(live);
    }
  }

  /** A generation goes for good. */
  void remove(ObjectVersion version) {
    remove(objects, Catalog.key(version.id(), version.generation()));
    discarded.add(version.generation());
    events.add(new Event(Kind.DELETED, version));
  }

  private void put(ObjectVersion version) {
    put(objects, Catalog.key(version.id(), version.generation()), version.toJson());
  }

  void carryOut() {
    steps.forEach(Runnable::run);
  }

  /** The generations whose content is no longer needed. */
  List<Long> discarded() {
    return discarded;
  }

  List<Event> events() {
    return events;
  }
}
