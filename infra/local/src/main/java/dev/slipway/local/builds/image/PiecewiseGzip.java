package dev.slipway.local.builds.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Packs with gzip (RFC 1952), pieces of a mebibyte side by side on every core, each knowing the end
 * of the one before so that next to nothing is lost where they meet. What comes out is one ordinary
 * gzip member, and the same bytes however many cores there are.
 */
final class PiecewiseGzip extends OutputStream {

  private static final int PIECE = 1 << 20;

  /** As far back as deflate looks. */
  private static final int WINDOW = 1 << 15;

  /** Pieces in memory at a time. */
  private static final int MOST_WAITING = 8;

  /** Deflate; no name, no time, no extra; from an unknown system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream out;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Future<byte[]>> packing = new ArrayDeque<>();
  private final CRC32 sum = new CRC32();
  private byte[] before = {};
  private byte[] piece = new byte[PIECE];
  private int filled;
  private long size;
  private boolean closed;

  /** Packs to {@code out}, which is closed with it. */
  PiecewiseGzip(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    sum.update(bytes, from, length);
    size += length;
    int at = from;
    while (at < from + length) {
      int taken = Math.min(PIECE - filled, from + length - at);
      System.arraycopy(bytes, at, piece, filled, taken);
      filled += taken;
      at += taken;
      if (filled == PIECE) {
        pack(false);
      }
    }
  }

  private void pack(boolean last) throws IOException {
    byte[] content = filled == PIECE ? piece : Arrays.copyOf(piece, filled);
    byte[] known = before;
    packing.add(workers.submit(() -> packed(content, known, last)));
    before = content;
    piece = last ? piece : new byte[PIECE];
    filled = 0;
    if (packing.size() > MOST_WAITING) {
      out.write(next());
    }
  }

  private static byte[] packed(byte[] content, byte[] known, boolean last) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      if (known.length > 0) {
        int window = Math.min(WINDOW, known.length);
        deflater.setDictionary(known, known.length - window, window);
      }
      deflater.setInput(content);
      if (last) {
        deflater.finish();
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream(content.length / 2);
      byte[] some = new byte[1 << 16];
      int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
      int length;
      do {
        length = deflater.deflate(some, 0, some.length, flush);
        all.write(some, 0, length);
      } while (last ? !deflater.finished() : length == some.length);
      return all.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private byte[] next() throws IOException {
    try {
      return packing.remove().get();
    } catch (ExecutionException e) {
      throw new IOException("a piece could not be packed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while packing", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out;
        workers) {
      pack(true);
      while (!packing.isEmpty()) {
        out.write(next());
      }
      ByteBuffer trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.write(trailer.putInt((int) sum.getValue()).putInt((int) size).array());
    }
  }
}
