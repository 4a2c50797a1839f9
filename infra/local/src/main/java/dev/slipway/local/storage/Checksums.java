package dev.slipway.local.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Counts and hashes the bytes written to it. */
final class Checksums extends OutputStream {

  private final CRC32C crc32c = new CRC32C();
  private final MessageDigest md5 = md5();
  private long size;

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no MD5, which every JDK must have", e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    crc32c.update(bytes, offset, length);
    md5.update(bytes, offset, length);
    size += length;
  }

  /** Copies {@code in} to {@code out}, taking it all in on the way. */
  void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[Contents.BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      write(buffer, 0, n);
      out.write(buffer, 0, n);
    }
  }

  /** Of all bytes so far; to be asked once. */
  Content content() {
    byte[] crc = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c.getValue()).array();
    Base64.Encoder base64 = Base64.getEncoder();
    return new Content(
        size, base64.encodeToString(crc), base64.encodeToString(md5.digest()), 0);
  }
}
