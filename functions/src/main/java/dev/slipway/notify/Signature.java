package dev.slipway.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Slack's signature of what it sends: {@code v0=} and HMAC-SHA256 of {@code v0:TIME:BODY}. */
final class Signature {

  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Signature(String secret) {
    key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
  }

  @Override
  public String toString() {
    return "Signature[of a secret]";
  }

  /**
   * Whether Slack sent this just now.
   *
   * @param given the header {@code X-Slack-Signature}
   * @param time the header {@code X-Slack-Request-Timestamp}, seconds since 1970
   */
  boolean isOf(String given, String time, String body, Instant now) {
    return isRecent(time, now)
        && MessageDigest.isEqual(of(time, body).getBytes(UTF_8), given.getBytes(UTF_8));
  }

  private static boolean isRecent(String time, Instant now) {
    if (!time.matches("[0-9]{1,12}")) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
    return age.abs().compareTo(WINDOW) <= 0;
  }

  String of(String time, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signed = ("v0:" + time + ":" + body).getBytes(UTF_8);
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
