package dev.slipway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import dev.slipway.release.Limits;
import dev.slipway.release.Lock;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads locks out of the canonical archives in Cloud Storage, a stream each, no further than to the
 * lock: names are in order there, so it comes early.
 */
public final class StoredLocks implements Locks {

  private final Storage storage;
  private final Limits limits;

  /** Reads archives that were taken in, whatever the limits were then. */
  public StoredLocks(Storage storage) {
    this(storage, Limits.MOST);
  }

  StoredLocks(Storage storage, Limits limits) {
    this.storage = storage;
    this.limits = limits;
  }

  @Override
  public Lock of(Source source) {
    StoredObject archive = source.archive();
    BlobId id = BlobId.of(archive.bucket(), archive.object(), archive.generation());
    try (ReadChannel channel = storage.reader(id);
        InputStream packed = new BufferedInputStream(Channels.newInputStream(channel), 64 << 10)) {
      return CargoLock.parse(text(packed)).lock();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "reading %s of %s failed: %s"
              .formatted(CargoLock.FILE, id.toGsUtilUriWithGeneration(), e.getMessage()),
          e);
    }
  }

  private String text(InputStream packed) throws IOException {
    Meter meter = new Meter(limits, limits.packed());
    try (InputStream plain = meter.on(new GZIPInputStream(packed));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry();
          entry != null;
          entry = tar.getNextEntry()) {
        if (entry.getName().equals(CargoLock.FILE)) {
          return text(entry, tar);
        }
      }
    }
    throw new FileNotFoundException("it is not in the archive");
  }

  private static String text(TarArchiveEntry entry, InputStream content) throws IOException {
    if (entry.getSize() > CargoLock.MAX_BYTES) {
      throw new IOException("it has %,d bytes".formatted(entry.getSize()));
    }
    return new String(content.readNBytes(CargoLock.MAX_BYTES), UTF_8);
  }
}
