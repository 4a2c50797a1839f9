package dev.slipway.cli.upload;

import com.google.auth.Credentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Uploads a file in chunks, by one resumable session. After each chunk it is noted how far it is:
 * the same upload, asked for again, goes on from there. The client itself tries again where the
 * network fails for a moment.
 *
 * <p>With the last chunk the client says the CRC32C of all it has sent, and Cloud Storage makes no
 * object of anything else; {@link Source} sees to it that what is sent is the file as it was checked.
 * The CRC32C could be said when the session is opened, too ({@code BlobWriteOption.crc32cMatch()}); but
 * then the client, at 2.64.1, cannot save how far it is: it throws a NullPointerException.
 */
public final class Uploader {

  /** A multiple of the 256 KiB that Cloud Storage keeps whole: what a broken line costs at most. */
  static final int CHUNK = 4 << 20;

  private static final int PRECONDITION_FAILED = 412;

  private final Storage storage;
  private final Sessions sessions;
  private final Clock clock;

  public Uploader(Storage storage, Sessions sessions, Clock clock) {
    this.storage = storage;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Who is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Told after each chunk, and once before the first.
     *
     * @param done bytes there are at Cloud Storage
     * @param total bytes of the file
     */
    void at(long done, long total);
  }

  /**
   * What came of it.
   *
   * @param resumed how many bytes were there already from a former try
   * @param same whether the object was there already, with this very content: nothing was uploaded
   */
  public record Uploaded(Upload upload, long resumed, boolean same) {}

  /**
   * Uploads a file, unless the object is there with the same content.
   *
   * @throws Failure when it cannot; asked again, it goes on from where it was
   */
  public Uploaded upload(Path file, String bucket, String object, Progress progress) {
    Content content = Content.of(file);
    String key = content.key(bucket, object);
    try {
      Optional<Blob> there = Optional.ofNullable(storage.get(bucket, object));
      if (there.filter(blob -> content.isOf(blob)).isPresent()) {
        sessions.forget(key);
        return new Uploaded(
            new Upload(bucket, object, there.get().getGeneration()), 0, true);
      }
      Target target =
          new Target(bucket, object, there.map(Blob::getGeneration).orElse(0L), content, key);
      return upload(file, target, progress);
    } catch (StorageException | IOException e) {
      throw failed(file, bucket, object, e);
    }
  }

  /**
   * Where to, and over what.
   *
   * @param generation what is there now, 0 for nothing: it must still be so when the upload ends
   */
  private record Target(
      String bucket, String object, long generation, Content content, String key) {}

  private Uploaded upload(Path file, Target target, Progress progress) throws IOException {
    Credentials credentials = storage.getOptions().getCredentials();
    Optional<Sessions.Saved> saved = sessions.find(target.key(), credentials);
    if (saved.isPresent()) {
      try {
        send(file, target, Sending.resumed(saved.get()), progress);
        return ended(target, saved.get().offset());
      } catch (StorageException | IOException e) {
        if (!isGone(e)) {
          throw e;
        }
        // The session expired, or was overtaken: the upload begins again.
        sessions.forget(target.key());
      }
    }
    send(file, target, new Sending(begin(target), clock.instant(), 0), progress);
    return ended(target, 0);
  }

  /** A session under way: when it was opened, and how far it was when this process took it up. */
  private record Sending(WriteChannel channel, Instant begun, long from) {
    static Sending resumed(Sessions.Saved saved) {
      return new Sending(saved.state().restore(), saved.begun(), saved.offset());
    }
  }

  private WriteChannel begin(Target target) {
    BlobInfo info = BlobInfo.newBuilder(target.bucket(), target.object()).build();
    WriteChannel channel =
        storage.writer(info, Storage.BlobWriteOption.generationMatch(target.generation()));
    channel.setChunkSize(CHUNK);
    return channel;
  }

  private void send(Path file, Target target, Sending sending, Progress progress)
      throws IOException {
    long total = target.content().size();
    WriteChannel channel = sending.channel();
    try (Source source = Source.from(file, sending.from())) {
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      progress.at(sending.from(), total);
      while (source.fill(buffer) == CHUNK && source.position() < total) {
        channel.write(buffer.flip());
        sessions.save(
            target.key(),
            new Sessions.Saved(sending.begun(), source.position(), channel.capture()));
        progress.at(source.position(), total);
        buffer.clear();
      }
      source.requireAll(target.content());
      channel.write(buffer.flip());
      channel.close();
      progress.at(total, total);
    }
  }

  private Uploaded ended(Target target, long resumed) {
    sessions.forget(target.key());
    Blob blob = storage.get(target.bucket(), target.object());
    if (blob == null || !target.content().isOf(blob)) {
      throw new Failure(
          "gs://%s/%s was uploaded but is not there, or another took its place meanwhile. Push again."
              .formatted(target.bucket(), target.object()));
    }
    return new Uploaded(
        new Upload(target.bucket(), target.object(), blob.getGeneration()), resumed, false);
  }

  private static boolean isGone(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException s && s.getCode() >= 400 && s.getCode() < 500) {
        return true;
      }
    }
    return false;
  }

  private static Failure failed(Path file, String bucket, String object, Exception e) {
    boolean overtaken = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      overtaken |= cause instanceof StorageException s && s.getCode() == PRECONDITION_FAILED;
    }
    return new Failure(
        "Tried to upload %s to gs://%s/%s but failed: %s. %s"
            .formatted(
                file.getFileName(),
                bucket,
                object,
                e.getMessage(),
                overtaken
                    ? "Somebody uploaded there at the same time: look at 'slipway releases' first."
                    : "Push again: it goes on from where it was."),
        e);
  }
}
