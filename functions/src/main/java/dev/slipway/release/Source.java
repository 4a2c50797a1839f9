package dev.slipway.release;

/**
 * Where the code of a release is.
 *
 * @param upload what the team uploaded
 * @param sha256 hex digest of the canonical archive, the name it is stored under
 * @param bytes size of the uploaded archive
 * @param archive the canonical copy the build reads, a gzipped tar with the crate at its root
 */
public record Source(Upload upload, String sha256, long bytes, StoredObject archive) {}
