package dev.slipway.local;

import dev.slipway.local.builds.Objects;
import dev.slipway.local.storage.NoSuchObjectException;
import dev.slipway.local.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cloud Storage, as Cloud Build reads and writes it. */
record StoredObjects(Storage storage) implements Objects {

  @Override
  public InputStream open(String bucket, String object, @Nullable Long generation)
      throws IOException {
    try {
      return storage.open(bucket, object, generation);
    } catch (NoSuchObjectException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void write(String bucket, String object, String contentType, byte[] content)
      throws IOException {
    try {
      storage.write(bucket, object, contentType, content);
    } catch (NoSuchObjectException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
