package dev.slipway.build;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes what looks like a secret out of text that others will read.
 *
 * <p>A build log holds whatever a crate's code and tests chose to print. Better a harmless value
 * masked than a key shown.
 */
final class Secrets {

  static final String MASK = "***";

  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]{0,40}PRIVATE KEY-----|\\z)");

  /** Keys and tokens known by how they begin, and JSON Web Tokens. */
  private static final Pattern TOKEN =
      Pattern.compile(
          String.join(
              "|",
              List.of(
                  "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b",
                  "\\bAIza[0-9A-Za-z_-]{30,}",
                  "\\bya29\\.[0-9A-Za-z._-]{10,}",
                  "\\bGOCSPX-[0-9A-Za-z_-]{10,}",
                  "\\bgh[pousr]_[0-9A-Za-z]{20,}",
                  "\\bgithub_pat_[0-9A-Za-z_]{20,}",
                  "\\bglpat-[0-9A-Za-z_-]{16,}",
                  "\\bxox[abeprs]-[0-9A-Za-z-]{10,}",
                  "\\b[sr]k_(live|test)_[0-9A-Za-z]{10,}",
                  "\\bcio[0-9A-Za-z]{32}\\b",
                  "\\beyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]*",
                  "hooks\\.slack\\.com/services/[0-9A-Za-z/]+")));

  /** {@code https://user:password@host}. */
  private static final Pattern URL_LOGIN =
      Pattern.compile("([a-z][a-z0-9+.-]{1,20}://)[^/\\s:@]{0,200}:[^/\\s@]{1,200}@");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic) [0-9A-Za-z+/._~=-]{8,}");

  /** {@code DATABASE_PASSWORD=...}, {@code "api_key": "..."}. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)([\"']?\\b[a-z0-9_.-]{0,60}(secret|token|password|passwd|api_?key|private_?key"
              + "|access_?key|credential)[a-z0-9_]{0,60}[\"']?\\s?(=|:(?!:))\\s?)"
              + "(\"[^\"\\n]{4,}\"|'[^'\\n]{4,}'|[^\\s\"',;]{4,})");

  /** A line of nothing but base64, as inside a key whose first line is out of sight. */
  private static final Pattern BASE64_LINE = Pattern.compile("(?m)^[0-9A-Za-z+/]{60,}={0,2}$");

  private Secrets() {}

  static String mask(String text) {
    String masked = PRIVATE_KEY.matcher(text).replaceAll(MASK);
    masked = TOKEN.matcher(masked).replaceAll(MASK);
    masked = URL_LOGIN.matcher(masked).replaceAll("$1" + MASK + "@");
    masked = BEARER.matcher(masked).replaceAll("$1 " + MASK);
    masked = SETTING.matcher(masked).replaceAll("$1" + MASK);
    return BASE64_LINE.matcher(masked).replaceAll(MASK);
  }
}
