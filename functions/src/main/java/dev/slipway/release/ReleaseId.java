package dev.slipway.release;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one release: the service and the {@linkplain Upload#key() key} of the upload it came from,
 * written {@code service-key}. A redelivered event finds its release by it, and it is the name of
 * the Cloud Run revision, so that deploying twice makes one revision.
 */
public record ReleaseId(ServiceName service, String key) implements Comparable<ReleaseId> {

  private static final Pattern KEY = Pattern.compile("[0-9a-f]{12}");

  public ReleaseId {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("a release key is 12 hex digits, not '" + key + "'");
    }
  }

  public static ReleaseId of(ServiceName service, Upload upload) {
    return new ReleaseId(service, upload.key());
  }

  /**
   * Another try of the same upload.
   *
   * @param attempt 2 for the first other try
   */
  static ReleaseId again(ServiceName service, Upload upload, int attempt) {
    return new ReleaseId(service, Upload.keyOf(upload + "!" + attempt));
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is no release id
   */
  public static ReleaseId parse(String text) {
    int hyphen = text.lastIndexOf('-');
    if (hyphen < 0) {
      throw new IllegalArgumentException(
          "'%s' is no release id: it reads SERVICE-KEY, the key 12 hex digits".formatted(text));
    }
    return new ReleaseId(
        new ServiceName(text.substring(0, hyphen)), text.substring(hyphen + 1));
  }

  /** The release a text names; empty when it is no release id, as of a revision made by hand. */
  public static Optional<ReleaseId> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** The tag that finds this release's builds in Cloud Build. */
  public String buildTag() {
    return "release-" + this;
  }

  /** The name of this release's Cloud Run revision. */
  public String revision() {
    return toString();
  }

  @Override
  public int compareTo(ReleaseId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return service + "-" + key;
  }
}
