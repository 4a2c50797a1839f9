package dev.slipway.local.builds;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The objects in Cloud Storage a build reads its source from and writes its log to. */
public interface Objects {

  /**
   * Opens an object for reading.
   *
   * @param generation the generation wanted, null for the live one
   * @throws IOException when there is no such object, with a message that names it
   */
  InputStream open(String bucket, String object, @Nullable Long generation) throws IOException;

  /** Writes an object, making a new generation of it. */
  void write(String bucket, String object, String contentType, byte[] content) throws IOException;
}
