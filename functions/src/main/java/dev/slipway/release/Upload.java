package dev.slipway.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One generation of one object in an upload bucket: what a team uploaded.
 *
 * @param bucket bucket name, without {@code gs://}
 * @param object object name
 * @param generation the object's generation, above zero
 */
public record Upload(String bucket, String object, long generation) {

  private static final int KEY_HEX_DIGITS = 12;

  public Upload {
    if (bucket.isEmpty() || object.isEmpty() || generation <= 0) {
      throw new IllegalArgumentException(
          "an upload needs a bucket, an object and a generation: %s/%s#%d"
              .formatted(bucket, object, generation));
    }
  }

  /** The first 12 hex digits of sha256("bucket/object#generation"): the same for every delivery. */
  public String key() {
    return keyOf(toString());
  }

  /** The first 12 hex digits of a text's sha256. */
  static String keyOf(String text) {
    byte[] hash = sha256().digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, KEY_HEX_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** {@code bucket/object#generation}. */
  @Override
  public String toString() {
    return bucket + "/" + object + "#" + generation;
  }
}
