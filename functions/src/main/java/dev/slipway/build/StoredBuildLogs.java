package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Set;

/** Reads the logs Cloud Build keeps in the team's source bucket. */
public final class StoredBuildLogs implements BuildLogs {

  private static final System.Logger log = System.getLogger(StoredBuildLogs.class.getName());

  private static final int TAIL = 256 * 1024;

  /** Answers that stay as they are however often one asks. */
  private static final Set<Integer> FINAL = Set.of(401, 403, 404);

  private final Storage storage;
  private final String bucket;

  public StoredBuildLogs(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public String tail(String buildId) {
    BlobId id =
        BlobId.of(bucket, "%s/log-%s.txt".formatted(BuildSettings.LOG_FOLDER, buildId));
    try {
      Blob blob = storage.get(id);
      return blob == null ? "" : end(blob);
    } catch (StorageException e) {
      if (!FINAL.contains(e.getCode())) {
        throw e;
      }
      log.log(
          System.Logger.Level.WARNING,
          "reading the build log {0} failed, so its build is reported without the compiler''s"
              + " words: {1}. Grant the deploy function storage.objects.get on the bucket.",
          id.toGsUtilUri(),
          e.getMessage());
      return "";
    }
  }

  private static String end(Blob blob) {
    try (ReadChannel channel = blob.reader()) {
      channel.seek(Math.max(0, blob.getSize() - TAIL));
      channel.setChunkSize(TAIL);
      return new String(Channels.newInputStream(channel).readNBytes(TAIL), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the end of " + blob.getBlobId() + " failed", e);
    }
  }
}
