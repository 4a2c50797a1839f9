package dev.slipway.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file as a stream. */
final class Range extends BlockStream {

  private final FileChannel file;
  private final long to;
  private long at;

  /**
   * A part of a file.
   *
   * @param to where it ends, exclusive
   */
  Range(FileChannel file, long from, long to) {
    this.file = file;
    this.at = from;
    this.to = to;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int wanted = (int) Math.min(length, to - at);
    if (wanted <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = file.read(ByteBuffer.wrap(into, offset, wanted), at);
    if (read < 0) {
      throw UnreadableException.truncated("the file");
    }
    at += read;
    return read;
  }
}
