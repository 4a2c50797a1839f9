package dev.slipway.cli.env;

import java.util.Optional;

/**
 * A role given to somebody.
 *
 * @param address of the resource that gives it
 * @param scope what it is on: {@code project}, or the kind of resource
 * @param on the name of what it is on
 * @param project of what it is on; empty where the name alone says so
 * @param conditioned whether it holds under a condition only
 */
record Grant(
    String address, String member, String role, String scope, String on, String project, boolean conditioned) {

  /** The grant a resource is; empty for any other resource. */
  static Optional<Grant> of(Plan.Resource resource) {
    String type = resource.type();
    if (!type.endsWith("_iam_member")) {
      return Optional.empty();
    }
    String scope = type.replaceFirst("^google_", "").replaceFirst("_iam_member$", "");
    return Optional.of(
        new Grant(
            resource.address(),
            resource.text("member"),
            resource.text("role"),
            scope,
            on(resource),
            resource.text("project"),
            resource.has("condition")));
  }

  private static String on(Plan.Resource resource) {
    for (String key : new String[] {"bucket", "topic", "subscription", "secret_id", "repository", "cloud_run_service_name", "name", "service_account_id", "crypto_key_id"}) {
      if (resource.has(key)) {
        return resource.text(key);
      }
    }
    return resource.text("project");
  }

  boolean onProject() {
    return scope.equals("project");
  }

  /** Whether what it is on is of that project; a key is somebody else's, and no place. */
  boolean isWithin(String home) {
    return switch (scope) {
      case "storage_bucket" -> on.startsWith(home + "-");
      case "service_account" -> on.startsWith("projects/" + home + "/");
      case "kms_crypto_key" -> true;
      default -> project.equals(home);
    };
  }

  boolean isOf(String account) {
    return member.startsWith("serviceAccount:" + account + ".");
  }

  /** The last part of the role: {@code builds.editor} of {@code roles/cloudbuild.builds.editor}. */
  boolean isRole(String... roles) {
    for (String one : roles) {
      if (role.equals("roles/" + one)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "%s: %s has %s on %s %s".formatted(address, member, role, scope, on);
  }
}
