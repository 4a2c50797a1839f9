package dev.slipway.release;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody asks of an environment: to bring out what another environment has live, as it is.
 *
 * @param environment name of the environment it is live in
 * @param release its release there
 * @param digest {@code sha256:...} of its image there
 * @param by who asks, in their own word; whoever may upload can write anything here
 * @param reason why, in their words
 */
public record Promotion(
    String environment,
    ReleaseId release,
    String digest,
    Optional<String> by,
    Optional<String> reason) {

  /** What the name of an uploaded promotion ends in. */
  public static final String SUFFIX = ".promotion.json";

  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  public Promotion {
    if (!isEnvironment(environment)) {
      throw new IllegalArgumentException(
          "an environment is named in up to 40 lower-case letters, digits and hyphens");
    }
    if (!isDigest(digest)) {
      throw new IllegalArgumentException("a digest is sha256: and 64 hex digits");
    }
  }

  /**
   * Asks for a release of an environment, as it is there.
   *
   * @throws IllegalArgumentException when it has no image
   */
  public static Promotion of(
      String environment, Release there, Optional<String> by, Optional<String> reason) {
    String digest =
        there
            .image()
            .map(Image::digest)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has no image; it is %s"
                            .formatted(there.id(), there.stage().label())));
    return new Promotion(environment, there.id(), digest, by, reason);
  }

  public static boolean isEnvironment(String name) {
    return ENVIRONMENT.matcher(name).matches();
  }

  public static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** Whether an object of that name asks for a promotion, and is no archive. */
  public static boolean isNamed(String object) {
    return object.endsWith(SUFFIX);
  }

  /** The name such an object is best given: {@code promotions/SERVICE-KEY.promotion.json}. */
  public String object() {
    return "promotions/" + release + SUFFIX;
  }

  /** What becomes of a promotion. */
  public sealed interface Answer {

    /** The release comes from there. */
    record Taken(Origin origin, Source source, Crate crate) implements Answer {}

    /** It is refused: every reason at once. */
    record Refused(List<Finding> findings) implements Answer {
      public Refused {
        findings = List.copyOf(findings);
      }
    }
  }
}
