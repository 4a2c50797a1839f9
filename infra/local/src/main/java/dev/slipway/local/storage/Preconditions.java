package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** The generation and metageneration a client wants to find, or not to find, what it acts on at. */
record Preconditions(
    @Nullable Long generation,
    @Nullable Long notGeneration,
    @Nullable Long metageneration,
    @Nullable Long notMetageneration) {

  static final Preconditions NONE = new Preconditions(null, null, null, null);

  /** {@code ifGenerationMatch} and its kin, of what the request acts on. */
  static Preconditions of(Request request) {
    return of(request, "if");
  }

  /** {@code ifSourceGenerationMatch} and its kin, of what the request copies. */
  static Preconditions ofSource(Request request) {
    return of(request, "ifSource");
  }

  private static Preconditions of(Request request, String prefix) {
    return new Preconditions(
        request.number(prefix + "GenerationMatch"),
        request.number(prefix + "GenerationNotMatch"),
        request.number(prefix + "MetagenerationMatch"),
        request.number(prefix + "MetagenerationNotMatch"));
  }

  /** As {@link #toJson} wrote them, or as a compose request gives those of one source. */
  static Preconditions fromJson(JsonObject json) {
    return new Preconditions(
        Json.number(json, "ifGenerationMatch"),
        Json.number(json, "ifGenerationNotMatch"),
        Json.number(json, "ifMetagenerationMatch"),
        Json.number(json, "ifMetagenerationNotMatch"));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("ifGenerationMatch", generation);
    json.addProperty("ifGenerationNotMatch", notGeneration);
    json.addProperty("ifMetagenerationMatch", metageneration);
    json.addProperty("ifMetagenerationNotMatch", notMetageneration);
    return json;
  }

  /** Before a write over {@code current}: 412 unless all hold. Generation 0 means absent. */
  void checkWrite(@Nullable ObjectVersion current) {
    long found = current == null ? 0 : current.generation();
    boolean fails =
        differs(generation, found)
            || equal(notGeneration, found)
            || (metageneration != null && current == null)
            || (current != null && differs(metageneration, current.metageneration()))
            || (current != null && equal(notMetageneration, current.metageneration()));
    if (fails) {
      throw ApiException.conditionNotMet();
    }
  }

  /** Before a read of {@code current}: 412, or 304 where a not-match names what is there. */
  void checkRead(ObjectVersion current) {
    checkRead(current.generation(), current.metageneration());
  }

  /** Before a read of {@code bucket}, as for an object. */
  void checkRead(Bucket bucket) {
    checkRead(0, bucket.metageneration());
  }

  /** Before a change to {@code bucket}: 412 unless its metageneration is as wanted. */
  void checkWrite(Bucket bucket) {
    if (differs(metageneration, bucket.metageneration())
        || equal(notMetageneration, bucket.metageneration())) {
      throw ApiException.conditionNotMet();
    }
  }

  private void checkRead(long foundGeneration, long foundMetageneration) {
    if (differs(generation, foundGeneration) || differs(metageneration, foundMetageneration)) {
      throw ApiException.conditionNotMet();
    }
    if (equal(notGeneration, foundGeneration) || equal(notMetageneration, foundMetageneration)) {
      throw ApiException.notModified();
    }
  }

  private static boolean differs(@Nullable Long wanted, long found) {
    return wanted != null && wanted != found;
  }

  private static boolean equal(@Nullable Long unwanted, long found) {
    return unwanted != null && unwanted == found;
  }
}
