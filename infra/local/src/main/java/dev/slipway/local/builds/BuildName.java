package dev.slipway.local.builds;

import dev.slipway.local.server.Calls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a build.
 *
 * @param project its project
 * @param location its region, {@code global} for builds submitted without one
 * @param id its id
 */
record BuildName(String project, String location, String id) {

  static final String GLOBAL = "global";
  static final String OPERATIONS = "operations/build/";

  private static final Pattern NAME =
      Pattern.compile("projects/([^/]+)/locations/([^/]+)/builds/([^/]+)");
  private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([^/]+)");

  /** The build a request means: by {@code name} where that is set, by project and id otherwise. */
  static BuildName of(String name, String project, String id) {
    if (name.isEmpty()) {
      return new BuildName(project, GLOBAL, id);
    }
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      throw Calls.invalid("invalid build name: '" + name + "'");
    }
    return new BuildName(m.group(1), m.group(2), m.group(3));
  }

  /** Where a request wants builds made or listed; the id is {@code ""}. */
  static BuildName parent(String parent, String project) {
    if (parent.isEmpty()) {
      if (project.isEmpty()) {
        throw Calls.invalid("project_id must be set");
      }
      return new BuildName(project, GLOBAL, "");
    }
    Matcher m = PARENT.matcher(parent);
    if (!m.matches()) {
      throw Calls.invalid("invalid parent: '" + parent + "'");
    }
    return new BuildName(m.group(1), m.group(2), "");
  }

  /** The operation that ends when the build ends. */
  String operation() {
    return OPERATIONS
        + project
        + "/"
        + Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  /** The id of the build an operation stands for; nothing for an operation of another kind. */
  static Optional<String> idOfOperation(String operation) {
    try {
      String last = operation.substring(operation.lastIndexOf('/') + 1);
      return Optional.of(new String(Base64.getDecoder().decode(last), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean sameParent(BuildName other) {
    return project.equals(other.project) && location.equals(other.location);
  }

  @Override
  public String toString() {
    return "projects/%s/locations/%s/builds/%s".formatted(project, location, id);
  }
}
