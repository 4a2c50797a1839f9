package dev.slipway.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes tars byte by byte, right ones and wrong ones. */
final class TarBytes {

  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** One header under construction; {@link #with} overwrites any of its bytes. */
  static final class Header {

    private final byte[] block = new byte[BLOCK];

    Header(String name, char type, long size) {
      with(0, Arrays.copyOf(name.getBytes(UTF_8), 100));
      with(100, "0000644\0");
      with(108, "0000000\0");
      with(116, "0000000\0");
      with(124, "%011o\0".formatted(size));
      with(136, "00000000000\0");
      with(156, String.valueOf(type));
      with(257, "ustar\00000");
    }

    Header with(int at, String text) {
      return with(at, text.getBytes(ISO_8859_1));
    }

    Header with(int at, byte[] bytes) {
      System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, BLOCK - at));
      return this;
    }

    Header mode(int mode) {
      return with(100, "%07o\0".formatted(mode));
    }

    byte[] bytes() {
      with(148, "        ");
      int sum = 0;
      for (byte b : block) {
        sum += b & 0xff;
      }
      with(148, "%06o\0 ".formatted(sum));
      return block;
    }
  }

  TarBytes file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  TarBytes file(String name, byte[] content) {
    if (name.getBytes(UTF_8).length > 100) {
      longName(name);
    }
    return entry(new Header(name, '0', content.length), content);
  }

  TarBytes entry(Header header, byte[] content) {
    return raw(header.bytes()).padded(content);
  }

  TarBytes entry(Header header) {
    return raw(header.bytes());
  }

  TarBytes pax(String... records) {
    return extension('x', records);
  }

  TarBytes globalPax(String... records) {
    return extension('g', records);
  }

  TarBytes longName(String name) {
    byte[] bytes = (name + "\0").getBytes(UTF_8);
    return entry(new Header("././@LongLink", 'L', bytes.length), bytes);
  }

  TarBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** The bytes so far, without an end. */
  byte[] open() {
    return out.toByteArray();
  }

  /** A proper end. */
  byte[] tar() {
    return raw(new byte[2 * BLOCK]).open();
  }

  byte[] gz() {
    return gzip(tar());
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** One pax record with its length before it. */
  static String record(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(UTF_8).length;
    int total = length + String.valueOf(length).length();
    total = length + String.valueOf(total).length();
    return total + rest;
  }

  private TarBytes extension(char type, String... records) {
    byte[] bytes = String.join("", records).getBytes(UTF_8);
    return entry(new Header("pax", type, bytes.length), bytes);
  }

  private TarBytes padded(byte[] content) {
    raw(content);
    return raw(new byte[-content.length & (BLOCK - 1)]);
  }
}
