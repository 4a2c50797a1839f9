package dev.slipway.local.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stretch of an object's bytes, both ends included. */
record ByteRange(long first, long last) {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * What a {@code Range} header asks of {@code size} bytes; null for all of them, which is also
   * what a header of several ranges or of another form gets.
   *
   * @throws ApiException 416 when no byte lies in it
   */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header.replace(" ", ""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    ByteRange asked;
    if (range.group(1).isEmpty()) {
      asked = new ByteRange(Math.max(0, size - Long.parseLong(range.group(2))), size - 1);
    } else {
      long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
      asked = new ByteRange(Long.parseLong(range.group(1)), Math.min(last, size - 1));
    }
    if (asked.length() <= 0) {
      throw ApiException.unsatisfiable(range.group(), size);
    }
    return asked;
  }

  long length() {
    return last - first + 1;
  }

  /** As in {@code Content-Range}. */
  String of(long size) {
    return "bytes %d-%d/%d".formatted(first, last, size);
  }
}
