package dev.slipway.local.firestore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;

/** Strings as Firestore orders and measures them: by their UTF-8 bytes. */
final class Utf8 {

  static final Comparator<String> ORDER = Utf8::compare;

  private Utf8() {}

  /** The order of the encoded bytes, which is that of the code points. */
  static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean sameClass = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameClass ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  static int length(String text) {
    return text.getBytes(UTF_8).length;
  }
}
