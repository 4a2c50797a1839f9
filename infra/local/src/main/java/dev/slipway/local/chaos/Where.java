package dev.slipway.local.chaos;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names at one kind of place a rule is about, written {@code rpc:google.cloud.run.v2.*}.
 *
 * @param pattern a name, where {@code *} stands for any characters
 */
public record Where(Place place, String pattern) {

  public Where {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException(
          "which %1$s? Write %1$s:NAME, or %1$s:* for all".formatted(place.word()));
    }
  }

  /**
   * Reads {@code PLACE:PATTERN}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Where parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "'%s' names no place: write PLACE:NAME, as rpc:google.cloud.run.v2.Services/*"
              .formatted(text));
    }
    return new Where(Place.of(text.substring(0, colon)), text.substring(colon + 1));
  }

  boolean covers(Place at, String name) {
    return at == place && regex().matcher(name).matches();
  }

  private Pattern regex() {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  @Override
  public String toString() {
    return place.word() + ":" + pattern;
  }
}
