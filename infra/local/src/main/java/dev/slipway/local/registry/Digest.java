package dev.slipway.local.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The address of content: its SHA-256, written {@code sha256:HEX}.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

  private static final String PREFIX = "sha256:";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new OciException(OciException.Code.DIGEST_INVALID, "not a sha256 digest: " + hex);
    }
  }

  /** Reads {@code sha256:HEX}; any other algorithm is DIGEST_INVALID. */
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new OciException(
          OciException.Code.DIGEST_INVALID, "only sha256 digests are supported, not " + text);
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** The digest of these bytes. */
  public static Digest of(byte[] content) {
    return ofHash(sha256().digest(content));
  }

  static boolean isDigest(String reference) {
    return reference.indexOf(':') >= 0;
  }

  static Digest of(MessageDigest finished) {
    return ofHash(finished.digest());
  }

  private static Digest ofHash(byte[] hash) {
    return new Digest(HexFormat.of().formatHex(hash));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
