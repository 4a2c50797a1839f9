package dev.slipway.cli.upload;

import dev.slipway.cli.laptop.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The file while it is sent, and the CRC32C of what was read of it so far: a file that somebody
 * writes to meanwhile must not become an object.
 */
final class Source implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();

  private Source(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file);
  }

  /** The file, from a byte on; what is before it was sent by a former try. */
  static Source from(Path file, long begin) throws IOException {
    Source source = new Source(file);
    ByteBuffer buffer = ByteBuffer.allocate(Uploader.CHUNK);
    while (source.position() < begin) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), begin - source.position()));
      if (source.fill(buffer) == 0) {
        throw source.changed();
      }
    }
    return source;
  }

  long position() throws IOException {
    return channel.position();
  }

  /** Reads until the buffer is full or the file ends; how many bytes it then holds. */
  int fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Until it is full, or the file ends.
    }
    crc.update(buffer.duplicate().flip());
    return buffer.position();
  }

  /**
   * Looks whether what was read is what was to be sent.
   *
   * @throws Failure when it is not
   */
  void requireAll(Content content) throws IOException {
    if (position() != content.size() || !Content.encoded(crc).equals(content.crc32c())) {
      throw changed();
    }
  }

  private Failure changed() {
    return new Failure(
        "%s was written to while it was uploaded; nothing was uploaded. Push again."
            .formatted(file));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
