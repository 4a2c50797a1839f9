package dev.slipway.source;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Copies archives from bucket to bucket, under the name that says what is in them. */
public final class CopiedArchives implements Archives {

  private static final int PRECONDITION_FAILED = 412;

  private final Storage there;
  private final Storage here;
  private final String sourceBucket;

  /**
   * Copies archives.
   *
   * @param there where they are read
   * @param here where they are kept
   * @param sourceBucket this environment's bucket of canonical archives
   */
  public CopiedArchives(Storage there, Storage here, String sourceBucket) {
    this.there = there;
    this.here = here;
    this.sourceBucket = sourceBucket;
  }

  @Override
  public StoredObject keep(Source source) {
    BlobId id = BlobId.of(sourceBucket, "sources/" + source.sha256() + ".tar.gz");
    Blob kept = here.get(id);
    if (kept == null) {
      copy(source, id);
      kept = here.get(id);
    }
    return new StoredObject(sourceBucket, id.getName(), kept.getGeneration());
  }

  private void copy(Source source, BlobId id) {
    StoredObject from = source.archive();
    BlobId read = BlobId.of(from.bucket(), from.object(), from.generation());
    BlobInfo info =
        BlobInfo.newBuilder(id)
            .setContentType("application/gzip")
            .setMetadata(Map.of("sha256", source.sha256(), "upload", source.upload().toString()))
            .build();
    try (WorkFolder work = WorkFolder.make()) {
      Path archive = work.file("archive");
      download(read, archive);
      here.createFrom(info, archive, BlobWriteOption.doesNotExist());
    } catch (StorageException | IOException e) {
      if (!isTaken(e)) {
        throw new UncheckedIOException(
            "Tried to copy gs://%s/%s to gs://%s but: %s"
                .formatted(from.bucket(), from.object(), sourceBucket, e.getMessage()),
            e instanceof IOException io ? io : new IOException(e));
      }
    }
  }

  /** The bytes as they are stored; a part of them is none. */
  private void download(BlobId from, Path to) throws IOException {
    try (InputStream in =
        Channels.newInputStream(
            there.reader(from, BlobSourceOption.shouldReturnRawInputStream(true)))) {
      Files.copy(in, to);
    }
    Blob blob = there.get(from);
    if (blob == null || blob.getSize() != Files.size(to)) {
      throw new IOException("not all of it came");
    }
  }

  /** Another worker copied it meanwhile, and the name says that it is the same. */
  private static boolean isTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException storage && storage.getCode() == PRECONDITION_FAILED) {
        return true;
      }
    }
    return false;
  }
}
