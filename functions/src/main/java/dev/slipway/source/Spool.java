package dev.slipway.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The content of every file of an archive, packed lightly, one after another in one nameless file.
 *
 * <p>So no name of an upload ever becomes the name of a file here, and what unpacks to 512 MiB
 * takes a fraction of it on a disk that, in a function, is memory.
 */
final class Spool implements AutoCloseable {

  private final FileChannel file;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final byte[] buffer = new byte[32 << 10];
  private long end;

  Spool(Path path) {
    try {
      this.file =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the working file " + path, e);
    }
  }

  /**
   * Where a file's content lies.
   *
   * @param size unpacked bytes
   */
  record Stored(long from, long to, long size) {}

  /**
   * Takes content in.
   *
   * @throws IOException of the content's own stream
   * @throws UncheckedIOException of the working file: a retry can help
   */
  Stored put(InputStream content) throws IOException {
    long from = end;
    long size = 0;
    deflater.reset();
    try (OutputStream out = new DeflaterOutputStream(new Tail(), deflater, 8192)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        out.write(buffer, 0, read);
        size += read;
      }
    }
    return new Stored(from, end, size);
  }

  InputStream open(Stored stored) {
    return new InflaterInputStream(
        new BufferedInputStream(new Range(file, stored.from(), stored.to())));
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    file.close();
  }

  /** Writes to the end of the file. */
  private final class Tail extends OutputStream {

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (left.hasRemaining()) {
          end += file.write(left, end);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the working file: is the disk full?", e);
      }
    }
  }
}
