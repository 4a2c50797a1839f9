package dev.slipway.local.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Content by its digest, one file each: {@code FOLDER/sha256/AB/HEX}. */
final class Blobs {

  /** So long a push that was told of a blob may take until its manifest comes. */
  private static final Duration PUSH = Duration.ofHours(1);

  private final Path folder;
  private final Path incoming;
  private final Clock clock;

  /** When a push was last told that it need not send a blob. */
  private final Map<Digest, Instant> promised = new ConcurrentHashMap<>();

  Blobs(Path folder, Clock clock) {
    this.clock = clock;
    this.folder = folder.resolve("sha256");
    incoming = folder.resolve("incoming");
    try {
      Files.createDirectories(this.folder);
      Files.createDirectories(incoming);
    } catch (IOException e) {
      throw failed("make the folder " + folder, e);
    }
  }

  boolean has(Digest digest) {
    return Files.isRegularFile(file(digest));
  }

  /**
   * Whether it is there; if so, it stays for as long as a push takes, even if nothing refers to it
   * any more: whoever asks will not send it.
   */
  boolean promise(Digest digest) {
    Instant now = clock.instant();
    promised.values().removeIf(since -> since.plus(PUSH).isBefore(now));
    promised.put(digest, now);
    if (has(digest)) {
      return true;
    }
    promised.remove(digest);
    return false;
  }

  /** A manifest that refers to them is there: from now on they stay by that. */
  void fulfil(Collection<Digest> digests) {
    digests.forEach(promised::remove);
  }

  /** The file of that content; BLOB_UNKNOWN when there is none. */
  Path path(Digest digest) {
    Path file = file(digest);
    if (!Files.isRegularFile(file)) {
      throw new OciException(
          OciException.Code.BLOB_UNKNOWN, "blob unknown to registry: " + digest);
    }
    return file;
  }

  byte[] read(Digest digest) {
    try {
      return Files.readAllBytes(path(digest));
    } catch (IOException e) {
      throw failed("read blob " + digest, e);
    }
  }

  /** Stores what {@code content} yields, provided that its digest is {@code expected}. */
  void put(InputStream content, Digest expected) {
    try {
      Path temp = Files.createTempFile(incoming, "blob", "");
      try {
        keep(temp, copy(content, temp), expected);
      } finally {
        Files.deleteIfExists(temp);
      }
    } catch (IOException e) {
      throw failed("store blob " + expected, e);
    }
  }

  /** Takes over a file as content, provided that its digest is {@code expected}. */
  void adopt(Path upload, Digest expected) {
    try (InputStream content = Files.newInputStream(upload)) {
      keep(upload, copy(content, null), expected);
    } catch (IOException e) {
      throw failed("store blob " + expected, e);
    }
  }

  /** Deletes what nothing refers to, unless a push counts on it. */
  void collect(Digest digest) {
    Instant since = promised.get(digest);
    if (since != null && since.plus(PUSH).isAfter(clock.instant())) {
      return;
    }
    try {
      Files.deleteIfExists(file(digest));
    } catch (IOException e) {
      throw failed("delete blob " + digest, e);
    }
  }

  private Path file(Digest digest) {
    return folder.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private static Digest copy(
      InputStream content, @Nullable Path to) throws IOException {
    var hash = Digest.sha256();
    try (OutputStream out =
        to == null ? OutputStream.nullOutputStream() : Files.newOutputStream(to)) {
      content.transferTo(new DigestOutputStream(out, hash));
    }
    return Digest.of(hash);
  }

  private void keep(Path temp, Digest actual, Digest expected) throws IOException {
    if (!actual.equals(expected)) {
      throw new OciException(
          OciException.Code.DIGEST_INVALID,
          "provided digest did not match uploaded content: expected %s, got %s"
              .formatted(expected, actual));
    }
    Path file = file(expected);
    Files.createDirectories(file.getParent());
    try {
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temp, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static UncheckedIOException failed(String what, IOException e) {
    return new UncheckedIOException("Tried to %s but failed: %s".formatted(what, e), e);
  }
}
