package dev.slipway.audit;

import com.google.common.base.Splitter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version, in the order of Semantic Versioning 2.0.0; build metadata has no part in it. */
final class Semver implements Comparable<Semver> {

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,20})\\.([0-9]{1,20})\\.([0-9]{1,20})"
              + "(?:-([0-9A-Za-z.-]{1,100}))?(?:\\+[0-9A-Za-z.-]{1,100})?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,100}");

  private final String text;
  private final List<BigInteger> release;
  private final List<String> preRelease;

  private Semver(String text, List<BigInteger> release, List<String> preRelease) {
    this.text = text;
    this.release = release;
    this.preRelease = preRelease;
  }

  /** Reads a version; empty when it is none. */
  static Optional<Semver> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<BigInteger> release = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      release.add(new BigInteger(matcher.group(i)));
    }
    String pre = matcher.group(4);
    return Optional.of(
        new Semver(
            text, release, pre == null ? List.of() : Splitter.on('.').splitToList(pre)));
  }

  String text() {
    return text;
  }

  @Override
  public int compareTo(Semver other) {
    for (int i = 0; i < release.size(); i++) {
      int order = release.get(i).compareTo(other.release.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      // What comes before a release is lower than it.
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    int shared = Math.min(preRelease.size(), other.preRelease.size());
    for (int i = 0; i < shared; i++) {
      int order = comparePart(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int comparePart(String a, String b) {
    boolean left = NUMBER.matcher(a).matches();
    boolean right = NUMBER.matcher(b).matches();
    if (left && right) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return left == right ? a.compareTo(b) : left ? -1 : 1;
  }

  @Override
  public String toString() {
    return text;
  }
}
