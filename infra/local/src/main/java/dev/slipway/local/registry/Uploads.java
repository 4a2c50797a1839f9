package dev.slipway.local.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Blob uploads under way: each a file that grows, named by its id, so that a restart loses none. */
final class Uploads {

  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final Path folder;
  private final Blobs blobs;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  Uploads(Path folder, Blobs blobs) {
    this.folder = folder;
    this.blobs = blobs;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Blobs.failed("make the folder " + folder, e);
    }
  }

  /** Begins an upload and returns its id. */
  String begin() {
    String id = UUID.randomUUID().toString();
    try {
      Files.createFile(folder.resolve(id));
    } catch (IOException e) {
      throw Blobs.failed("begin an upload", e);
    }
    return id;
  }

  /** The bytes received so far. */
  long size(String id) {
    try {
      return Files.size(file(id));
    } catch (IOException e) {
      throw Blobs.failed("look up upload " + id, e);
    }
  }

  /**
   * Appends a chunk and returns the size reached.
   *
   * @param offset where the chunk claims to begin, -1 when it claims nothing
   */
  long append(String id, InputStream chunk, long offset) {
    synchronized (lock(id)) {
      Path file = file(id);
      long size = size(id);
      if (offset >= 0 && offset != size) {
        throw new OciException(
            OciException.Code.RANGE_INVALID,
            "upload %s stands at %d bytes, the chunk begins at %d".formatted(id, size, offset));
      }
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
        return size + chunk.transferTo(out);
      } catch (IOException e) {
        throw Blobs.failed("append to upload " + id, e);
      }
    }
  }

  /** Ends an upload: its bytes become the blob {@code digest}. */
  void finish(String id, Digest digest) {
    synchronized (lock(id)) {
      blobs.adopt(file(id), digest);
    }
    locks.remove(id);
  }

  void abandon(String id) {
    synchronized (lock(id)) {
      try {
        Files.delete(file(id));
      } catch (IOException e) {
        throw Blobs.failed("abandon upload " + id, e);
      }
    }
    locks.remove(id);
  }

  private Object lock(String id) {
    return locks.computeIfAbsent(id, unused -> new Object());
  }

  private Path file(String id) {
    Path file = folder.resolve(ID.matcher(id).matches() ? id : "none");
    if (!Files.isRegularFile(file)) {
      throw new OciException(
          OciException.Code.BLOB_UPLOAD_UNKNOWN, "blob upload unknown to registry: " + id);
    }
    return file;
  }
}
