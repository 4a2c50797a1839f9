package dev.slipway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips byte by byte, right ones and wrong ones. */
final class ZipBytes {

  /** What one entry says, twice: once before its content and once in the directory. */
  static final class Member {
    final byte[] content;
    final byte[] packed;
    String localName;
    String name;
    int flags = 1 << 11;
    int method = 8;
    long localCrc;
    long crc;
    int size;
    int localSize;
    int packedSize;
    int mode = 0100644;
    byte[] extra = new byte[0];
    int offsetBy;

    Member(String name, byte[] content) {
      this.name = name;
      this.localName = name;
      this.content = content;
      this.packed = deflate(content);
      CRC32 sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
      this.localCrc = crc;
      this.size = content.length;
      this.localSize = size;
      this.packedSize = packed.length;
    }

    private static byte[] deflate(byte[] content) {
      Deflater deflater = new Deflater(9, true);
      deflater.setInput(content);
      deflater.finish();
      byte[] buffer = new byte[content.length * 2 + 64];
      int length = deflater.deflate(buffer);
      deflater.end();
      return Arrays.copyOf(buffer, length);
    }
  }

  private final List<Member> members = new ArrayList<>();
  private byte[] prefix = new byte[0];
  private byte[] gap = new byte[0];
  private byte[] comment = new byte[0];
  private int countBy;
  private boolean descriptors;

  static Member member(String name, String content) {
    return new Member(name, content.getBytes(UTF_8));
  }

  ZipBytes file(String name, String content) {
    return add(member(name, content));
  }

  ZipBytes add(Member member) {
    members.add(member);
    return this;
  }

  ZipBytes prefix(byte[] bytes) {
    this.prefix = bytes;
    return this;
  }

  /** Bytes between the entries and the directory. */
  ZipBytes gap(byte[] bytes) {
    this.gap = bytes;
    return this;
  }

  ZipBytes comment(byte[] bytes) {
    this.comment = bytes;
    return this;
  }

  ZipBytes countOff(int by) {
    this.countBy = by;
    return this;
  }

  /** Sizes after the content, as a program writes that cannot go back. */
  ZipBytes descriptors() {
    this.descriptors = true;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    out.writeBytes(prefix);
    for (Member m : members) {
      int offset = out.size() - prefix.length + m.offsetBy;
      out.writeBytes(local(m));
      out.writeBytes(m.packed);
      if (descriptors) {
        out.writeBytes(
            little(16).putInt(0x08074b50).putInt((int) m.crc).putInt(m.packedSize).putInt(m.size)
                .array());
      }
      directory.writeBytes(central(m, offset));
    }
    out.writeBytes(gap);
    int start = out.size() - prefix.length;
    out.writeBytes(directory.toByteArray());
    out.writeBytes(end(directory.size(), start));
    return out.toByteArray();
  }

  private byte[] local(Member m) {
    byte[] name = m.localName.getBytes(UTF_8);
    return little(30 + name.length)
        .putInt(0x04034b50)
        .putShort((short) 20)
        .putShort((short) flags(m))
        .putShort((short) m.method)
        .putInt(0)
        .putInt(descriptors ? 0 : (int) m.localCrc)
        .putInt(descriptors ? 0 : m.packedSize)
        .putInt(descriptors ? 0 : m.localSize)
        .putShort((short) name.length)
        .putShort((short) 0)
        .put(name)
        .array();
  }

  private byte[] central(Member m, int offset) {
    byte[] name = m.name.getBytes(UTF_8);
    return little(46 + name.length + m.extra.length)
        .putInt(0x02014b50)
        .putShort((short) (3 << 8 | 20))
        .putShort((short) 20)
        .putShort((short) flags(m))
        .putShort((short) m.method)
        .putInt(0)
        .putInt((int) m.crc)
        .putInt(m.packedSize)
        .putInt(m.size)
        .putShort((short) name.length)
        .putShort((short) m.extra.length)
        .putInt(0)
        .putShort((short) 0)
        .putInt(m.mode << 16)
        .putInt(offset)
        .put(name)
        .put(m.extra)
        .array();
  }

  private byte[] end(int size, int start) {
    return little(22 + comment.length)
        .putInt(0x06054b50)
        .putInt(0)
        .putShort((short) (members.size() + countBy))
        .putShort((short) (members.size() + countBy))
        .putInt(size)
        .putInt(start)
        .putShort((short) comment.length)
        .put(comment)
        .array();
  }

  private int flags(Member m) {
    return m.flags | (descriptors ? 1 << 3 : 0);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
