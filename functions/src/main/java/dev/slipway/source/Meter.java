package dev.slipway.source;

import dev.slipway.release.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what unpacks out of an archive and stops it at the limits. */
final class Meter {

  private final Limits limits;
  private final long packed;
  private long unpacked;

  /**
   * Starts at zero.
   *
   * @param packed bytes of the archive as uploaded
   */
  Meter(Limits limits, long packed) {
    this.limits = limits;
    this.packed = packed;
  }

  /** The same stream, counted. */
  InputStream on(InputStream in) {
    return new Counted(in);
  }

  private void count(long bytes) throws UnreadableException {
    unpacked += bytes;
    if (unpacked > limits.unpacked()) {
      throw new UnreadableException(
          "too-large",
          "the archive unpacks to more than %,d bytes: leave out target/ and what is not source"
              .formatted(limits.unpacked()));
    }
    if (unpacked > Limits.RATIO_FREE && unpacked / limits.ratio() > packed) {
      throw new UnreadableException(
          "ratio",
          "the archive unpacks to more than %d times its %,d bytes: no source packs that well"
              .formatted(limits.ratio(), packed));
    }
  }

  private final class Counted extends FilterInputStream {

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      byte[] buffer = new byte[(int) Math.min(8192, Math.max(0, bytes))];
      return Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
