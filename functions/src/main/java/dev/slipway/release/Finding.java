package dev.slipway.release;

import java.util.Optional;

/**
 * One thing the check of an archive found.
 *
 * @param rule short stable name of the rule, such as {@code path-traversal}
 * @param entry the archive entry it concerns, escaped for display
 * @param message what is wrong and what to do about it, one or two sentences
 */
public record Finding(String rule, Optional<String> entry, String message) {

  public static Finding of(String rule, String message) {
    return new Finding(rule, Optional.empty(), message);
  }

  public static Finding at(String rule, String entry, String message) {
    return new Finding(rule, Optional.of(entry), message);
  }

  /** A file is larger than {@link Limits#file()}, in bytes. */
  public static Finding tooLarge(String entry, long bytes, Limits limits) {
    return at(
        "file-too-large",
        entry,
        "the file has %,d bytes; up to %,d are taken: leave it out or fetch it at run time"
            .formatted(bytes, limits.file()));
  }

  @Override
  public String toString() {
    return entry.map(name -> name + ": " + message).orElse(message);
  }
}
