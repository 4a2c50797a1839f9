package dev.slipway.local.registry;

import dev.slipway.local.server.Calls;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource of Artifact Registry below a repository.
 *
 * @param parent {@code projects/P/locations/L}
 * @param project P
 * @param repository R, {@code ""} for the location itself
 * @param rest what follows the repository: {@code ""}, {@code dockerImages/X}, {@code
 *     packages/X/versions/V} ...
 */
record ResourceName(String parent, String project, String repository, String rest) {

  private static final Pattern FORM =
      Pattern.compile("(projects/([^/]+)/locations/[^/]+)(?:/repositories/([^/]+)(?:/(.+))?)?");

  /** Reads a resource name; INVALID_ARGUMENT when it has another form. */
  static ResourceName parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw Calls.invalid("Invalid resource name: '" + text + "'");
    }
    String repository = m.group(3) == null ? "" : m.group(3);
    return new ResourceName(
        m.group(1), m.group(2), repository, m.group(4) == null ? "" : m.group(4));
  }

  /** {@code projects/P/locations/L/repositories/R}. */
  String repositoryName() {
    return parent + "/repositories/" + repository;
  }

  /** The prefix of the image names in this repository, {@code P/R/}. */
  String imagePrefix() {
    return project + "/" + repository + "/";
  }

  /** The part of {@link #rest} at that position, decoded; INVALID_ARGUMENT when it is missing. */
  String part(int index) {
    String[] parts = rest.split("/", -1);
    if (index >= parts.length || parts[index].isEmpty()) {
      throw Calls.invalid("Invalid resource name: '" + repositoryName() + "/" + rest + "'");
    }
    return URLDecoder.decode(parts[index], StandardCharsets.UTF_8);
  }

  /** A slash within an image's name is written {@code %2F} in a resource name. */
  static String encode(String image) {
    return URLEncoder.encode(image, StandardCharsets.UTF_8);
  }
}
