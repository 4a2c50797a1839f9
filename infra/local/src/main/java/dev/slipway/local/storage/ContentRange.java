package dev.slipway.local.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of the whole a request to an upload session brings; -1 stands for unknown.
 *
 * @param first the first byte brought; -1 when it brings none and only asks or ends
 * @param last the last byte brought; -1 when it brings none, or all there is
 * @param total the size of the whole
 */
record ContentRange(long first, long last, long total) {

  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)");

  /** Without the header the request brings the whole. */
  static ContentRange of(@Nullable String header) {
    if (header == null) {
      return new ContentRange(0, -1, -1);
    }
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches()) {
      throw ApiException.invalid("Invalid Content-Range: '%s'".formatted(header));
    }
    long first = number(form.group(1));
    long last = number(form.group(2));
    long total = number(form.group(3));
    if (last < first || (total >= 0 && last >= total)) {
      throw ApiException.invalid("Invalid Content-Range: '%s'".formatted(header));
    }
    return new ContentRange(first, last, total);
  }

  private static long number(@Nullable String digits) {
    return digits == null ? -1 : Long.parseLong(digits);
  }

  boolean bringsBytes() {
    return first >= 0;
  }

  /** {@code bytes *}{@code /*}: how far are we? */
  boolean isQuestion() {
    return !bringsBytes() && total < 0;
  }

  /** Whether the end of what it brings is the end of the whole. */
  boolean isWhole() {
    return bringsBytes() && last < 0;
  }
}
