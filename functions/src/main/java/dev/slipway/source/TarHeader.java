package dev.slipway.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * One 512-byte header block of a tar, read more strictly than any tar program does: where two of
 * them could read two things, it is refused.
 */
final class TarHeader {

  static final int BLOCK = 512;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;

  private final byte[] block;

  private TarHeader(byte[] block) {
    this.block = block;
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a block can be a header: its checksum says so. */
  static boolean looksRight(byte[] block) {
    try {
      return number(block, CHECKSUM, 8, "checksum") == checksum(block);
    } catch (UnreadableException e) {
      return false;
    }
  }

  static TarHeader of(byte[] block) throws UnreadableException {
    if (!looksRight(block)) {
      throw UnreadableException.corrupt("a tar header's checksum does not match");
    }
    return new TarHeader(block);
  }

  char type() {
    return (char) (block[156] & 0xff);
  }

  long size() throws UnreadableException {
    return number(block, 124, 12, "size");
  }

  int mode() throws UnreadableException {
    return (int) (number(block, 100, 8, "mode") & 07777);
  }

  /** Whether further blocks of a GNU sparse map follow. */
  boolean hasMoreSparseMap() {
    return block[482] != 0;
  }

  /** The name: the prefix and name fields of POSIX, or the name field alone. */
  byte[] name() throws UnreadableException {
    byte[] name = text(0, 100);
    boolean posix = new String(block, 257, 6, ISO_8859_1).equals("ustar\0");
    byte[] prefix = posix ? text(345, 155) : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(prefix);
    whole.write('/');
    whole.writeBytes(name);
    return whole.toByteArray();
  }

  private byte[] text(int from, int length) throws UnreadableException {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    for (int i = end; i < from + length; i++) {
      if (block[i] != 0) {
        throw new UnreadableException(
            "nul",
            "a name has more after a NUL character ('%s'): some programs would read it"
                .formatted(Shown.bytes(Arrays.copyOfRange(block, from, from + length))));
      }
    }
    return Arrays.copyOfRange(block, from, end);
  }

  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM_END ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static long number(byte[] block, int from, int length, String what)
      throws UnreadableException {
    if ((block[from] & 0x80) != 0) {
      throw new UnreadableException(
          "base-256",
          "a tar header has its %s in base 256, which an archive of this size never needs"
              .formatted(what));
    }
    String field = new String(block, from, length, ISO_8859_1);
    int nul = field.indexOf('\0');
    String digits = (nul < 0 ? field : field.substring(0, nul)).strip();
    boolean blank = digits.isEmpty() && what.equals("mode");
    if (!blank && !digits.matches("[0-7]{1,11}")) {
      throw UnreadableException.corrupt(
          "a tar header has '%s' for its %s".formatted(Shown.text(digits), what));
    }
    return blank ? 0 : Long.parseLong(digits, 8);
  }
}
