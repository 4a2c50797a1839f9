package dev.slipway.cli.upload;

import com.google.cloud.storage.Blob;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.local.state.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What a file holds.
 *
 * @param sha256 in hex
 * @param md5 in Base64, as Cloud Storage has it
 * @param crc32c big-endian in Base64, as Cloud Storage has it
 */
record Content(long size, String sha256, String md5, String crc32c) {

  private static final int BUFFER = 1 << 16;

  static Content of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha256 = digest("SHA-256");
      MessageDigest md5 = digest("MD5");
      CRC32C crc = new CRC32C();
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        md5.update(buffer, 0, n);
        crc.update(buffer, 0, n);
        size += n;
      }
      return new Content(
          size,
          HexFormat.of().formatHex(sha256.digest()),
          Base64.getEncoder().encodeToString(md5.digest()),
          encoded(crc));
    } catch (IOException e) {
      throw new Failure("Tried to read %s but failed: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  /** As Cloud Storage has it: big-endian, in Base64. */
  static String encoded(CRC32C crc) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  /** Names this content on its way to an object. */
  String key(String bucket, String object) {
    byte[] target = (sha256 + "/" + bucket + "/" + object).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(digest("SHA-256").digest(target));
  }

  /** Whether an object holds the same. */
  boolean isOf(Blob blob) {
    boolean same = size == blob.getSize() && crc32c.equals(blob.getCrc32c());
    return same && (blob.getMd5() == null || md5.equals(blob.getMd5()));
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
