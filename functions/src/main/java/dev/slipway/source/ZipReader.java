package dev.slipway.source;

import dev.slipway.release.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads a zip by its central directory and holds every local header against it.
 *
 * <p>A zip says everything twice, and programs differ on which one they believe. Here both must
 * agree, the entries must fill the file from its first byte to the directory without overlap or
 * gap, and only stored and deflated entries are read.
 */
final class ZipReader {

  private static final int LOCAL = 0x04034b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int LOCAL_SIZE = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final long ALL_ONES = 0xffffffffL;

  private final FileChannel file;
  private final Meter meter;
  private final Limits limits;

  private ZipReader(FileChannel file, Meter meter, Limits limits) {
    this.file = file;
    this.meter = meter;
    this.limits = limits;
  }

  static void read(Path zip, Meter meter, Limits limits, EntrySink sink) throws IOException {
    try (FileChannel file = FileChannel.open(zip)) {
      new ZipReader(file, meter, limits).readAll(sink);
    }
  }

  private void readAll(EntrySink sink) throws IOException {
    ZipDirectory directory = ZipDirectory.read(file, limits);
    List<ZipMember> members =
        directory.members().stream().sorted(Comparator.comparingLong(ZipMember::offset)).toList();
    for (ZipMember member : members) {
      checkMethod(member);
    }
    long at = 0;
    for (ZipMember member : members) {
      checkPlace(member, at);
      at = readMember(member, directory.start(), sink);
    }
    checkPlace(directory.start(), at, "its directory");
  }

  private static void checkMethod(ZipMember member) throws UnreadableException {
    RawName name = member.name();
    if (member.isEncrypted()) {
      throw new UnreadableException(
          "encrypted", "'" + name + "' is encrypted: zip it again without a password");
    }
    if (member.method() != STORED && member.method() != DEFLATED) {
      throw new UnreadableException(
          "zip-method",
          "'%s' is packed by method %d; only stored (0) and deflate (8) are read: zip it again"
              .formatted(name, member.method()));
    }
    if (member.method() == STORED && member.packed() != member.size()) {
      throw UnreadableException.corrupt("'" + name + "' is stored and yet has two sizes");
    }
  }

  private static void checkPlace(ZipMember member, long at) throws UnreadableException {
    checkPlace(member.offset(), at, "'" + member.name() + "'");
  }

  private static void checkPlace(long offset, long at, String what) throws UnreadableException {
    if (offset < at) {
      throw new UnreadableException(
          "zip-overlap", what + " overlaps the entry before it: that is a zip bomb's shape");
    }
    if (offset > at) {
      throw new UnreadableException(
          "zip-hidden-data",
          "there are bytes before %s that belong to no entry: zip it again".formatted(what));
    }
  }

  /** Reads one entry and answers where it ends. */
  private long readMember(ZipMember member, long end, EntrySink sink) throws IOException {
    ByteBuffer local = ZipDirectory.bytes(file, member.offset(), LOCAL_SIZE);
    int name = local.getShort(26) & 0xffff;
    int extra = local.getShort(28) & 0xffff;
    checkLocal(member, local, name);
    long from = member.offset() + LOCAL_SIZE + name + extra;
    long to = from + member.packed();
    if (to > end) {
      throw UnreadableException.corrupt(
          "'" + member.name() + "' reaches beyond the zip's directory");
    }
    InputStream packed = new Range(file, from, to);
    InputStream plain = member.method() == STORED ? packed : new Inflated(packed);
    try (InputStream content = new Checked(member, meter.on(plain))) {
      sink.accept(member.entry(), content);
      content.transferTo(OutputStream.nullOutputStream());
    }
    if (packed.read() >= 0) {
      throw UnreadableException.corrupt(
          "'" + member.name() + "' has bytes left after its content");
    }
    return member.hasDescriptor() ? checkDescriptor(member, to, end) : to;
  }

  private void checkLocal(ZipMember member, ByteBuffer local, int nameLength) throws IOException {
    if (local.getInt(0) != LOCAL) {
      throw UnreadableException.corrupt(
          "'" + member.name() + "' has no local header where the directory says");
    }
    ByteBuffer name = ZipDirectory.bytes(file, member.offset() + LOCAL_SIZE, nameLength);
    byte[] shown = ZipDirectory.copy(name, 0, Math.min(nameLength, limits.path() + 1));
    boolean sizesAgree =
        agrees(local.getInt(14), member.crc(), member)
            && agrees(local.getInt(18), member.packed(), member)
            && agrees(local.getInt(22), member.size(), member);
    if (!member.name().is(shown)
        || (local.getShort(6) & 0xffff) != member.flags()
        || (local.getShort(8) & 0xffff) != member.method()
        || !sizesAgree) {
      throw new UnreadableException(
          "zip-mismatch",
          "'%s' is described in one way by the zip's directory and in another by its own header"
                  .formatted(member.name())
              + " ('%s'): programs differ on which one counts".formatted(Shown.bytes(shown)));
    }
  }

  private static boolean agrees(int local, long central, ZipMember member) {
    long value = local & ALL_ONES;
    return value == central || (value == 0 && member.hasDescriptor());
  }

  private long checkDescriptor(ZipMember member, long at, long end) throws IOException {
    boolean signed =
        at + 16 <= end && ZipDirectory.bytes(file, at, 4).getInt(0) == DESCRIPTOR;
    long from = signed ? at + 4 : at;
    if (from + 12 > end) {
      throw UnreadableException.truncated("the zip");
    }
    ByteBuffer sizes = ZipDirectory.bytes(file, from, 12);
    if ((sizes.getInt(0) & ALL_ONES) != member.crc()
        || (sizes.getInt(4) & ALL_ONES) != member.packed()
        || (sizes.getInt(8) & ALL_ONES) != member.size()) {
      throw new UnreadableException(
          "zip-mismatch",
          "'%s' is described in one way by the zip's directory and in another after its content"
              .formatted(member.name()));
    }
    return from + 12;
  }

  /** Holds content against the size and checksum the directory states. */
  private static final class Checked extends BlockStream {

    private final ZipMember member;
    private final InputStream in;
    private final CRC32 crc = new CRC32();
    private long read;

    Checked(ZipMember member, InputStream in) {
      this.member = member;
      this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
        read += count;
      }
      boolean ended = count < 0;
      if (read > member.size()
          || (ended && (read != member.size() || crc.getValue() != member.crc()))) {
        throw UnreadableException.corrupt(
            "'%s' does not unpack to the size and checksum the zip states"
                .formatted(member.name()));
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
