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
public final class StoredBuildLogs implements BuildLogs, LogParts {

  private static final System.Logger log = System.getLogger(StoredBuildLogs.class.getName());

  private static final int TAIL = 256 * 1024;
  private static final int MIN_CHUNK = 256;
  private static final Part NOTHING = new Part(0, 0, "");

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
    return read(buildId, -TAIL, TAIL).text();
  }

  @Override
  public Part read(String buildId, long from, int most) {
    BlobId id = BlobId.of(bucket, "%s/log-%s.txt".formatted(BuildSettings.LOG_FOLDER, buildId));
    try {
      Blob blob = storage.get(id);
      return blob == null ? NOTHING : part(id, blob.getSize(), from, most);
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
      return NOTHING;
    }
  }

  /** A log only grows: a newer generation than the one whose size is known begins as that did. */
  private Part part(BlobId id, long size, long from, int most) {
    long begin = Math.clamp(from < 0 ? size + from : from, 0, size);
    int length = (int) Math.min(most, size - begin);
    if (length == 0) {
      return new Part(begin, begin, "");
    }
    try (ReadChannel channel = storage.reader(id)) {
      channel.seek(begin);
      channel.setChunkSize(Math.max(MIN_CHUNK, length));
      byte[] bytes = Channels.newInputStream(channel).readNBytes(length);
      return new Part(begin, begin + bytes.length, new String(bytes, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading a part of " + id.toGsUtilUri() + " failed", e);
    }
  }
}
