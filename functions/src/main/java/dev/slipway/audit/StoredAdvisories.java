package dev.slipway.audit;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/** Reads an advisory database from an object in Cloud Storage, again only when it has changed. */
public final class StoredAdvisories implements Advisories {

  private final Storage storage;
  private final BlobId object;
  private @Nullable AdvisoryDatabase latest;

  /**
   * The database in one object.
   *
   * @param uri {@code gs://BUCKET/OBJECT}, a .zip or .tar.gz of OSV files
   */
  public StoredAdvisories(Storage storage, String uri) {
    this.storage = storage;
    this.object = BlobId.fromGsUtilUri(uri);
  }

  @Override
  public synchronized AdvisoryDatabase current() {
    Blob blob = storage.get(object);
    if (blob == null) {
      throw new IllegalStateException(
          "the advisory database %s is not there: upload it, or unset SLIPWAY_ADVISORIES"
              .formatted(object.toGsUtilUri()));
    }
    String name = object.toGsUtilUri() + "#" + blob.getGeneration();
    AdvisoryDatabase known = latest;
    if (known != null && known.name().equals(name)) {
      return known;
    }
    AdvisoryDatabase read = read(blob, name);
    latest = read;
    return read;
  }

  private static AdvisoryDatabase read(Blob blob, String name) {
    try (ReadChannel channel = blob.reader();
        InputStream in = Channels.newInputStream(channel)) {
      return new AdvisoryDatabase(name, OsvArchive.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "reading the advisory database %s failed: %s".formatted(name, e.getMessage()), e);
    }
  }
}
