package dev.slipway.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks exactly one gzip member and wants nothing after it.
 *
 * <p>Programs differ over a second member (some read on, some stop) and over trailing bytes (some
 * complain, some do not look), so both are refused: what we checked is all there is. The header's
 * optional fields are skipped without being kept, however long they are.
 */
final class Gunzip extends InputStream {

  private static final int CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[16 << 10];
  private int at;
  private int end;
  private boolean done;

  /** Reads the header. */
  Gunzip(InputStream in) throws IOException {
    this.in = in;
    readHeader();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!done) {
      int read = inflate(into, offset, length);
      if (read > 0) {
        crc.update(into, offset, read);
        return read;
      }
      if (inflater.finished()) {
        finish();
      } else if (inflater.needsDictionary()) {
        throw UnreadableException.corrupt("its gzip data asks for a dictionary");
      } else {
        feed();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw UnreadableException.corrupt("its gzip data does not unpack");
    }
  }

  private void feed() throws IOException {
    if (at == end && !fill()) {
      throw UnreadableException.truncated("its gzip data");
    }
    inflater.setInput(buffer, at, end - at);
    at = end;
  }

  private void finish() throws IOException {
    done = true;
    at = end - inflater.getRemaining();
    long size = inflater.getBytesWritten();
    if (word() != crc.getValue() || word() != (size & 0xffffffffL)) {
      throw UnreadableException.corrupt("its gzip checksum does not match");
    }
    if (at < end || fill()) {
      throw new UnreadableException(
          "trailing-data",
          "there is more after the end of the gzip data: some programs would read it and some"
              + " would not. Make one plain .tar.gz");
    }
  }

  private void readHeader() throws IOException {
    if (octet() != 0x1f || octet() != 0x8b || octet() != 8) {
      throw UnreadableException.corrupt("it does not begin as gzip does");
    }
    int flags = octet();
    if ((flags & RESERVED) != 0) {
      throw UnreadableException.corrupt("its gzip header uses reserved flags");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private void skipText() throws IOException {
    while (octet() != 0) {
      // nothing is kept of it
    }
  }

  private long word() throws IOException {
    long low = octet() | octet() << 8;
    return low | (long) octet() << 16 | (long) octet() << 24;
  }

  private int octet() throws IOException {
    if (at == end && !fill()) {
      throw UnreadableException.truncated("its gzip frame");
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
