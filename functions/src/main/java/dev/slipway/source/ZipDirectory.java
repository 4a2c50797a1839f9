package dev.slipway.source;

import dev.slipway.release.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The central directory of a zip, and proof that nothing is in the file besides it and what it
 * names.
 *
 * @param start where it begins, which is where the entries end
 */
record ZipDirectory(List<ZipMember> members, long start) {

  private static final int END = 0x06054b50;
  private static final int ENTRY = 0x02014b50;
  private static final int END_SIZE = 22;
  private static final int ENTRY_SIZE = 46;
  private static final int MAX_COMMENT = 0xffff;
  private static final int UNICODE_PATH = 0x7075;
  private static final int ZIP64 = 0x0001;
  private static final long ALL_ONES = 0xffffffffL;

  static ZipDirectory read(FileChannel file, Limits limits) throws IOException {
    long size = file.size();
    int tail = (int) Math.min(size, END_SIZE + MAX_COMMENT);
    ByteBuffer end = bytes(file, size - tail, tail);
    int at = endAt(end);
    int count = end.getShort(at + 10) & 0xffff;
    long length = end.getInt(at + 12) & ALL_ONES;
    long start = end.getInt(at + 16) & ALL_ONES;
    if (count == 0xffff || length == ALL_ONES || start == ALL_ONES) {
      throw zip64();
    }
    if (end.getInt(at + 4) != 0 || (end.getShort(at + 8) & 0xffff) != count) {
      throw UnreadableException.corrupt("it is one part of a zip of several parts");
    }
    if (start + length != size - tail + at) {
      throw new UnreadableException(
          "zip-hidden-data",
          "the zip's directory is not where it says (bytes before the archive, or between its"
              + " directory and its end): programs differ on such files. Zip it again");
    }
    if (count > limits.entries()) {
      throw tooMany(limits);
    }
    return new ZipDirectory(members(file, start, length, count, limits), start);
  }

  static UnreadableException tooMany(Limits limits) {
    return new UnreadableException(
        "too-many-entries",
        "the archive has more than %,d files and folders: leave out target/, .git/ and the like"
            .formatted(limits.entries()));
  }

  private static UnreadableException zip64() {
    return new UnreadableException(
        "zip64", "the zip uses zip64, which an archive of this size never needs: zip it plainly");
  }

  /** The one end record: the last, and reaching exactly to the end of the file. */
  private static int endAt(ByteBuffer tail) throws UnreadableException {
    int found = -1;
    for (int i = tail.limit() - END_SIZE; i >= 0; i--) {
      if (tail.getInt(i) == END) {
        int comment = tail.getShort(i + 20) & 0xffff;
        boolean fits = i + END_SIZE + comment == tail.limit();
        if (fits && found >= 0) {
          throw new UnreadableException(
              "zip-two-ends", "the zip has two ends: programs differ on which one counts");
        }
        found = fits ? i : found;
      }
    }
    if (found < 0) {
      throw UnreadableException.truncated("the zip: its directory is missing at the end");
    }
    return found;
  }

  private static List<ZipMember> members(
      FileChannel file, long start, long length, int count, Limits limits) throws IOException {
    List<ZipMember> members = new ArrayList<>();
    long at = start;
    long end = start + length;
    while (at < end) {
      if (members.size() == count || at + ENTRY_SIZE > end) {
        throw UnreadableException.corrupt("the zip's directory is not as long as it says");
      }
      ByteBuffer head = bytes(file, at, ENTRY_SIZE);
      int name = head.getShort(28) & 0xffff;
      int extra = head.getShort(30) & 0xffff;
      int comment = head.getShort(32) & 0xffff;
      if (head.getInt(0) != ENTRY || at + ENTRY_SIZE + name + extra + comment > end) {
        throw UnreadableException.corrupt("the zip's directory is damaged");
      }
      members.add(member(head, bytes(file, at + ENTRY_SIZE, name + extra), name, limits));
      at += ENTRY_SIZE + name + extra + comment;
    }
    if (members.size() != count) {
      throw UnreadableException.corrupt("the zip's directory lacks entries");
    }
    return members;
  }

  private static ZipMember member(ByteBuffer head, ByteBuffer variable, int length, Limits limits)
      throws UnreadableException {
    byte[] name = copy(variable, 0, length);
    checkExtra(name, variable);
    boolean tooLong = length > limits.path();
    return new ZipMember(
        new RawName(tooLong ? Arrays.copyOf(name, limits.path() + 1) : name),
        head.get(5) & 0xff,
        head.getShort(8) & 0xffff,
        head.getShort(10) & 0xffff,
        head.getInt(16) & ALL_ONES,
        head.getInt(20) & ALL_ONES,
        head.getInt(24) & ALL_ONES,
        head.getInt(38) & ALL_ONES,
        head.getInt(42) & ALL_ONES);
  }

  private static void checkExtra(byte[] name, ByteBuffer variable) throws UnreadableException {
    int at = name.length;
    while (at + 4 <= variable.limit()) {
      int id = variable.getShort(at) & 0xffff;
      int size = variable.getShort(at + 2) & 0xffff;
      if (at + 4 + size > variable.limit()) {
        throw UnreadableException.corrupt("an extra field of the zip's directory is damaged");
      }
      if (id == ZIP64) {
        throw zip64();
      }
      if (id == UNICODE_PATH
          && (size < 5 || !Arrays.equals(name, copy(variable, at + 9, size - 5)))) {
        throw new UnreadableException(
            "two-names",
            "'%s' has another name in a Unicode extra field: programs differ on which one counts"
                .formatted(Shown.bytes(name)));
      }
      at += 4 + size;
    }
  }

  static byte[] copy(ByteBuffer buffer, int from, int length) {
    byte[] bytes = new byte[length];
    buffer.get(from, bytes);
    return bytes;
  }

  /** Reads exactly so many bytes, little endian. */
  static ByteBuffer bytes(FileChannel file, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw UnreadableException.truncated("the zip");
      }
    }
    return buffer.flip();
  }
}
