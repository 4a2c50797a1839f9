package dev.slipway.release;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a Cloud Run service.
 *
 * <p>Cloud Run wants lower-case letters, digits and hyphens, a letter first, no hyphen last, and
 * the length of a tag and the service name together at most 46; the tag is {@link #TAG}.
 */
public record ServiceName(String value) {

  /** The traffic tag a candidate is reached by. */
  public static final String TAG = "candidate";

  /** 46 less the tag. */
  public static final int MAX_LENGTH = 46 - TAG.length();

  private static final Pattern LEGAL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  public ServiceName {
    if (!isLegal(value)) {
      throw new IllegalArgumentException(
          ("'%s' cannot name a Cloud Run service: use up to %d lower-case letters, digits and"
                  + " hyphens, a letter first and no hyphen last")
              .formatted(value, MAX_LENGTH));
    }
  }

  public static boolean isLegal(String value) {
    return value.length() <= MAX_LENGTH && LEGAL.matcher(value).matches();
  }

  /**
   * The nearest legal name to any text, for releases that are refused before their own name is
   * known; {@code "upload"} where nothing of the text can stay.
   */
  public static ServiceName nearest(String text) {
    String name =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+", "");
    name = name.substring(0, Math.min(name.length(), MAX_LENGTH)).replaceAll("-+$", "");
    return new ServiceName(name.isEmpty() ? "upload" : name);
  }

  @Override
  public String toString() {
    return value;
  }
}
