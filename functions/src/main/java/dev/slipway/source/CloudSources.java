package dev.slipway.source;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import dev.slipway.release.Promotion;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32C;

/** Takes uploads in from Cloud Storage. */
public final class CloudSources implements Sources {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final Storage storage;
  private final String sourceBucket;
  private final Limits limits;

  /** In KiB: a working folder of a function is memory, and several uploads come at a time. */
  private final Semaphore room = new Semaphore(kib(Limits.ROOM), true);

  /**
   * Takes uploads in, so many at a time as there is room for.
   *
   * @param sourceBucket bucket of the canonical copies, {@code sources/SHA256.tar.gz} each
   */
  public CloudSources(Storage storage, String sourceBucket, Limits limits) {
    this.storage = storage;
    this.sourceBucket = sourceBucket;
    this.limits = limits;
  }

  @Override
  public Inspection inspect(Upload upload) {
    BlobId id = BlobId.of(upload.bucket(), upload.object(), upload.generation());
    Optional<Blob> blob = find(id);
    if (blob.isEmpty()) {
      return new Inspection.Gone();
    }
    if (blob.get().getSize() > limits.packed()) {
      return tooLarge(upload, blob.get().getSize());
    }
    int taken = kib(limits.room(blob.get().getSize()));
    room.acquireUninterruptibly(taken);
    try {
      return inspect(upload, blob.get());
    } finally {
      room.release(taken);
    }
  }

  private static int kib(long bytes) {
    return (int) Math.min(Limits.ROOM, bytes) / 1024;
  }

  private Inspection inspect(Upload upload, Blob blob) {
    try (WorkFolder work = WorkFolder.make()) {
      if (Promotion.isNamed(upload.object())) {
        return promotion(upload, blob);
      }
      Path packed = work.file("upload");
      return download(blob, packed)
          ? inspect(upload, packed, work)
          : new Inspection.Gone();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read gs://" + upload + ": try again", e);
    }
  }

  private Inspection promotion(Upload upload, Blob blob) throws IOException {
    try {
      byte[] file;
      try (InputStream in = open(blob)) {
        file = in.readNBytes(PromotionFile.MAX_BYTES + 1);
      }
      return PromotionFile.inspect(upload.object(), file);
    } catch (IOException | StorageException e) {
      if (isNotFound(e)) {
        return new Inspection.Gone();
      }
      throw e;
    }
  }

  private Inspection inspect(Upload upload, Path packed, WorkFolder work) throws IOException {
    long bytes = Files.size(packed);
    if (bytes > limits.packed()) {
      return tooLarge(upload, bytes);
    }
    return switch (SourceArchive.check(packed, upload.object(), work.path(), limits)) {
      case SourceArchive.Checked.Bad bad ->
          new Inspection.Refused(bad.service(), bytes, bad.findings());
      case SourceArchive.Checked.Good good ->
          new Inspection.Accepted(
              new Source(upload, good.sha256(), bytes, keep(good, upload)),
              good.crates(),
              good.warnings());
    };
  }

  private Optional<Blob> find(BlobId id) {
    try {
      return Optional.ofNullable(storage.get(id));
    } catch (StorageException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Inspection tooLarge(Upload upload, long bytes) {
    return new Inspection.Refused(
        SourceArchive.guess(upload.object()),
        bytes,
        List.of(
            Finding.of(
                "too-large",
                "the upload has %,d bytes; up to %,d are taken: leave out target/ and what is not"
                        .formatted(bytes, limits.packed())
                    + " source")));
  }

  /**
   * Downloads the bytes as they are stored, up to one more than the limit.
   *
   * @return whether that generation was still there
   */
  private boolean download(Blob blob, Path to) throws IOException {
    try (InputStream in = open(blob);
        OutputStream out = Files.newOutputStream(to)) {
      long size = copy(in, out, limits.packed() + 1, crcOf(blob));
      if (size <= limits.packed() && size != blob.getSize()) {
        throw new IOException("%d of %d bytes came".formatted(size, blob.getSize()));
      }
      return true;
    } catch (IOException | StorageException e) {
      if (isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }

  private InputStream open(Blob blob) {
    return Channels.newInputStream(
        storage.reader(blob.getBlobId(), BlobSourceOption.shouldReturnRawInputStream(true)));
  }

  /** Copies up to so many bytes, and holds them against the checksum where all came. */
  private static long copy(InputStream in, OutputStream out, long max, Optional<String> wanted)
      throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[64 << 10];
    long size = 0;
    while (size < max) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, max - size));
      if (read < 0) {
        break;
      }
      out.write(buffer, 0, read);
      crc.update(buffer, 0, read);
      size += read;
    }
    if (size < max && wanted.isPresent() && !wanted.get().equals(encode(crc))) {
      throw new IOException("the bytes do not match their crc32c, they were damaged on the way");
    }
    return size;
  }

  private static Optional<String> crcOf(Blob blob) {
    return Optional.ofNullable(blob.getCrc32c());
  }

  private static String encode(CRC32C crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static boolean isNotFound(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException storage && storage.getCode() == NOT_FOUND) {
        return true;
      }
    }
    return false;
  }

  /** Uploads the canonical copy, or adopts the one that is there. */
  private StoredObject keep(SourceArchive.Checked.Good good, Upload upload) throws IOException {
    BlobId id = BlobId.of(sourceBucket, "sources/" + good.sha256() + ".tar.gz");
    BlobInfo info =
        BlobInfo.newBuilder(id)
            .setContentType("application/gzip")
            .setMetadata(Map.of("sha256", good.sha256(), "upload", upload.toString()))
            .build();
    Blob there = storage.get(id);
    if (there == null) {
      there = create(info, good.canonical());
    }
    return new StoredObject(sourceBucket, id.getName(), there.getGeneration());
  }

  private Blob create(BlobInfo info, Path canonical) throws IOException {
    try {
      return storage.createFrom(info, canonical, BlobWriteOption.doesNotExist());
    } catch (StorageException e) {
      Blob winner = e.getCode() == PRECONDITION_FAILED ? storage.get(info.getBlobId()) : null;
      if (winner == null) {
        throw e;
      }
      return winner;
    }
  }
}
