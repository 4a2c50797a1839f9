package dev.slipway.release;

/** An object of Cloud Storage, pinned to one generation. */
public record StoredObject(String bucket, String object, long generation) {}
