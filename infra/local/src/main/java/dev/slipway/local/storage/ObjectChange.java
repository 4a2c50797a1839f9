package dev.slipway.local.storage;

/**
 * What happened to one generation of an object.
 *
 * @param kind what happened
 * @param bucket the bucket's name
 * @param name the object's name
 * @param generation the generation it happened to
 * @param resource the Object resource after the change (before it, for DELETED) as JSON text;
 *     {@code generation}, {@code metageneration} and {@code size} are strings in it, as Google
 *     sends them
 */
public record ObjectChange(
    Kind kind, String bucket, String name, long generation, String resource) {

  /** Google's four event types, without the {@code google.cloud.storage.object.v1.} before them. */
  public enum Kind {
    /** A generation was written and is the live one. */
    FINALIZED,
    /** A generation is gone for good: deleted, or overwritten in a bucket without versioning. */
    DELETED,
    /** The metadata of a generation changed; its metageneration rose by one. */
    METADATA_UPDATED,
    /** The live generation of a bucket with versioning became a noncurrent one. */
    ARCHIVED
  }
}
