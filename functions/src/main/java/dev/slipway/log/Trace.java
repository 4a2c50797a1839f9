package dev.slipway.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.release.ReleaseId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The one trace of a release, through every function that has to do with it. */
public final class Trace {

  private static final int HEX_DIGITS = 32;

  private Trace() {}

  /**
   * A trace id, made from the release's id alone: nobody has to hand it on, and no lost, repeated or
   * late event can break it.
   *
   * @return 32 hex digits, as W3C trace contexts have them
   */
  public static String of(ReleaseId release) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(("slipway " + release).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
