package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import dev.slipway.local.storage.Contents.Staged;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The resumable uploads. What a session has received is the length of its file, in whole quanta of
 * 256 KiB as at Google, so it goes on after a restart and after a connection that broke in a chunk.
 */
final class Uploads {

  /** As long as Google keeps a session. */
  private static final Duration LIFETIME = Duration.ofDays(7);

  private static final long QUANTUM = 256 << 10;

  private final Catalog catalog;
  private final Contents contents;
  private final Objects objects;
  private final Resources resources;
  private final MVMap<String, byte[]> sessions;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  Uploads(Catalog catalog, Contents contents, Objects objects, Resources resources) {
    this.catalog = catalog;
    this.contents = contents;
    this.objects = objects;
    this.resources = resources;
    sessions = catalog.map("upload");
  }

  /**
   * How far a session is.
   *
   * @param received how many bytes are safe
   * @param object the Object resource once the upload is complete, else null
   */
  record Progress(long received, @Nullable JsonObject object) {}

  UploadSession start(Draft draft, @Nullable Long declared) {
    return catalog.edit(
        edit -> {
          catalog.bucket(draft.id().bucket());
          draft.preconditions().checkWrite(catalog.live(draft.id()));
          String key = UUID.randomUUID().toString();
          UploadSession session = new UploadSession(key, draft, declared, edit.now(), null);
          edit.put(sessions, key, session.toJson());
          return session;
        });
  }

  /** Takes in what a request brings; the upload is finished when that completes it. */
  Progress take(String key, ContentRange range, Hashes hashes, InputStream body)
      throws IOException {
    UploadSession session = find(key);
    if (session.result() != null || range.isQuestion()) {
      return progress(session);
    }
    ReentrantLock lock = locks.computeIfAbsent(key, k -> new ReentrantLock());
    lock.lock();
    try {
      return take(find(key), range, hashes, body, contents.gathering(key));
    } finally {
      lock.unlock();
    }
  }

  private Progress take(
      UploadSession session, ContentRange range, Hashes hashes, InputStream body, Path file)
      throws IOException {
    // A request that brings the whole begins afresh.
    long received = range.isWhole() ? 0 : received(session);
    if (session.result() != null || range.first() > received) {
      // The client skipped bytes that never came: it is told from where to go on.
      return progress(session);
    }
    long length = received;
    if (range.bringsBytes()) {
      skip(body, range, received);
      length = append(file, received, body);
      checkLength(range, received, length);
    }
    long total = range.isWhole() ? length : range.total();
    if (total >= 0 && length > total) {
      throw ApiException.invalid(
          "The upload already holds %d bytes, more than the %d it is said to have."
              .formatted(length, total));
    }
    return length == total ? finish(session, hashes, file) : progress(session);
  }

  /** Passes over what is already here of the bytes brought. */
  private static void skip(InputStream body, ContentRange range, long received)
      throws IOException {
    if (!range.isWhole()) {
      body.skipNBytes(Math.min(received, range.last() + 1) - range.first());
    }
  }

  private static void checkLength(ContentRange range, long received, long length) {
    if (!range.isWhole() && length > Math.max(received, range.last() + 1)) {
      throw ApiException.invalid(
          "The request brought more bytes than its Content-Range says, which ends at %d."
              .formatted(range.last()));
    }
  }

  /** Puts {@code body} behind the {@code received} bytes; returns how many there are then. */
  private static long append(Path file, long received, InputStream body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(received);
      channel.position(received);
      OutputStream out = Channels.newOutputStream(channel);
      byte[] buffer = new byte[Contents.BUFFER_BYTES];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        out.write(buffer, 0, n);
      }
      return channel.size();
    }
  }

  private Progress finish(UploadSession session, Hashes hashes, Path file) {
    try (Staged staged = contents.gathered(file)) {
      hashes.check(staged.content());
      long size = staged.content().size();
      if (session.declared() != null && session.declared() != size) {
        throw ApiException.invalid(
            "The upload has %d bytes, not the %d said at its start."
                .formatted(size, session.declared()));
      }
      ObjectVersion version =
          objects.insert(
              session.draft(),
              staged,
              (edit, added) ->
                  edit.put(
                      sessions,
                      session.key(),
                      session.finished(resources.object(added)).toJson()));
      locks.remove(session.key());
      return new Progress(size, resources.object(version));
    } catch (ApiException refused) {
      forget(session);
      throw refused;
    }
  }

  /** Ends a session without an object. */
  void cancel(String key) {
    forget(find(key));
  }

  private void forget(UploadSession session) {
    catalog.edit(
        edit -> {
          edit.remove(sessions, session.key());
          return session;
        });
    locks.remove(session.key());
    Contents.remove(contents.gathering(session.key()));
  }

  private Progress progress(UploadSession session) throws IOException {
    return new Progress(received(session), session.result());
  }

  private long received(UploadSession session) throws IOException {
    try {
      long length = Files.size(contents.gathering(session.key()));
      return length - length % QUANTUM;
    } catch (NoSuchFileException nothingYet) {
      return 0;
    }
  }

  private UploadSession find(String key) {
    byte[] bytes = sessions.get(key);
    if (bytes == null) {
      throw new ApiException(
          404, "notFound", "There is no upload session " + key + "; start a new one.");
    }
    return UploadSession.fromJson(Json.parse(bytes));
  }

  /** Whether there is a session of that key. */
  boolean isSession(String key) {
    return sessions.containsKey(key);
  }

  /** Forgets the sessions that are too old at {@code now}. */
  void expire(Instant now) {
    List<UploadSession> old = new ArrayList<>();
    sessions
        .keySet()
        .forEach(
            key -> {
              UploadSession session = find(key);
              if (session.created().isBefore(now.minus(LIFETIME))) {
                old.add(session);
              }
            });
    old.forEach(this::forget);
  }
}
