package dev.slipway.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates raw deflate data and leaves the rest of its source alone once it has ended. */
final class Inflated extends InputStream {

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[16 << 10];

  Inflated(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      while (!inflater.finished()) {
        int read = inflater.inflate(into, offset, length);
        if (read > 0 || length == 0) {
          return read;
        }
        if (inflater.needsInput() && !inflater.finished()) {
          feed();
        }
      }
    } catch (DataFormatException e) {
      throw UnreadableException.corrupt("its deflate data does not unpack");
    }
    if (inflater.getRemaining() > 0) {
      throw UnreadableException.corrupt("there are bytes after the end of its deflate data");
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private void feed() throws IOException {
    int read = in.read(buffer);
    if (read < 0) {
      throw UnreadableException.truncated("its deflate data");
    }
    inflater.setInput(buffer, 0, read);
  }
}
