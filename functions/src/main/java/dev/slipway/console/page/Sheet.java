package dev.slipway.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The pages' one style sheet, within each page: a browser that has to fetch it first paints a round
 * trip later. No text of anybody's gets into it, and the page's policy names its hash, so that a
 * browser applies this sheet and no other.
 */
public final class Sheet implements Html {

  static final Sheet ONE = new Sheet();

  /** What the content security policy lets in: {@code 'sha256-...'}. */
  public static final String SOURCE = "'sha256-" + hash(ONE.content) + "'";

  private final String content = compact(new String(Assets.read("console.css"), UTF_8));

  private Sheet() {}

  @Override
  public void writeTo(StringBuilder out) {
    out.append("<style>").append(content).append("</style>");
  }

  /** Without what a browser skips: the sheet is in every page. */
  private static String compact(String css) {
    return css.strip().replaceAll("\\s*\\n\\s*", "").replaceAll("\\s*([{};])\\s*", "$1").replace(";}", "}");
  }

  private static String hash(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
