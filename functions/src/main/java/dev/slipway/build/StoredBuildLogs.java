package dev.slipway.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Set;

/** Reads the logs Cloud Build keeps in the team's source bucket. */
public final class StoredBuildLogs implements BuildLogs, LogParts {

  private static final System.Logger log = System.getLogger(StoredBuildLogs.class.getName());

  private static final int TAIL = 256 * 1024;
  private static final int MIN_CHUNK = 256;
  private static final Bytes NOTHING = new Bytes(0, ByteString.EMPTY);

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
    return bytes(buildId, -TAIL, TAIL).read().toStringUtf8();
  }

  @Override
  public Part read(String buildId, long from, int most) {
    Bytes bytes = bytes(buildId, from, most);
    boolean within = from < 0 && bytes.begin() > 0;
    return bytes.wholeLines(within, bytes.read().size() == most);
  }

  /** What was read, and the byte of the log it begins at. */
  private record Bytes(long begin, ByteString read) {

    /**
     * Cut to whole lines: the rest of a line comes with the next part, for half a secret is not known
     * for one, and half a letter for none. Only a line longer than a part is cut.
     *
     * @param within whether it may begin within a line, which is then left out
     * @param full whether it is as long as a part may be
     */
    Part wholeLines(boolean within, boolean full) {
      String bytes = read.toString(ISO_8859_1);
      int first = within ? bytes.indexOf('\n') + 1 : 0;
      int last = bytes.lastIndexOf('\n') + 1;
      int end = last <= first && full ? bytes.length() : Math.max(first, last);
      String text = read.substring(first, end).toStringUtf8();
      return new Part(begin + first, begin + end, Secrets.mask(text));
    }
  }

  private Bytes bytes(String buildId, long from, int most) {
    BlobId id = BlobId.of(bucket, "%s/log-%s.txt".formatted(BuildSettings.LOG_FOLDER, buildId));
    try {
      Blob blob = storage.get(id);
      return blob == null ? NOTHING : bytes(id, blob.getSize(), from, most);
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
  private Bytes bytes(BlobId id, long size, long from, int most) {
    long begin = Math.clamp(from < 0 ? size + from : from, 0, size);
    int length = (int) Math.min(most, size - begin);
    if (length == 0) {
      return new Bytes(begin, ByteString.EMPTY);
    }
    try (ReadChannel channel = storage.reader(id)) {
      channel.seek(begin);
      channel.setChunkSize(Math.max(MIN_CHUNK, length));
      byte[] read = Channels.newInputStream(channel).readNBytes(length);
      return new Bytes(begin, ByteString.copyFrom(read));
    } catch (IOException e) {
      throw new UncheckedIOException("reading a part of " + id.toGsUtilUri() + " failed", e);
    }
  }
}
