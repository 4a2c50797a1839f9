package dev.slipway.source;

import dev.slipway.release.Finding;
import java.io.IOException;

/**
 * The archive cannot be read any further: from here on two programs could read two different
 * things, or too much. What was found before still stands.
 */
final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1;

  private final String rule;
  private final String why;

  UnreadableException(String rule, String why) {
    super(why);
    this.rule = rule;
    this.why = why;
  }

  static UnreadableException truncated(String what) {
    return new UnreadableException(
        "truncated", "the archive ends in the middle of " + what + ": upload it again, whole");
  }

  static UnreadableException corrupt(String what) {
    return new UnreadableException(
        "corrupt", "the archive is damaged: " + what + ". Make it again and upload it again");
  }

  Finding finding() {
    return Finding.of(rule, why);
  }
}
