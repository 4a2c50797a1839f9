package dev.slipway.local.builds.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests as images write them. */
public final class Hashing {

  private Hashing() {}

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of these bytes, {@code sha256:HEX}. */
  public static String digest(byte[] content) {
    return digest(sha256().digest(content), "sha256:");
  }

  /** The digest of a file, {@code sha256:HEX}. */
  public static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest(digest);
  }

  static String digest(MessageDigest finished) {
    return digest(finished.digest(), "sha256:");
  }

  /** The digest of these bytes, hexadecimal digits only. */
  public static String hex(byte[] content) {
    return digest(sha256().digest(content), "");
  }

  private static String digest(byte[] hash, String prefix) {
    return prefix + HexFormat.of().formatHex(hash);
  }
}
