package dev.slipway.cli.env;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges what an environment would hold: who may do what, and how it is kept. Each rule says what
 * breaks it; nothing that breaks one is ever right.
 */
public final class Audit {

  /** What no smaller resource than the project can give. */
  private static final Set<String> PROJECT_ROLES =
      Set.of(
          "roles/cloudbuild.builds.editor",
          "roles/cloudbuild.builds.viewer",
          "roles/datastore.user",
          "roles/datastore.viewer",
          "roles/eventarc.eventReceiver",
          "roles/eventarc.serviceAgent",
          "roles/logging.logWriter",
          "roles/logging.viewer",
          "roles/monitoring.viewer",
          "roles/pubsub.publisher",
          "roles/run.developer",
          "roles/run.invoker",
          "roles/run.viewer",
          "roles/storage.objectViewer");

  /** Of those, what must be narrowed by a condition. */
  private static final Set<String> NARROWED =
      Set.of("roles/datastore.user", "roles/datastore.viewer", "roles/storage.objectViewer");

  private static final Pattern ACCOUNT =
      Pattern.compile("serviceAccount:[^@]+@([^.]+)\\.iam\\.gserviceaccount\\.com");
  private static final Pattern AGENT =
      Pattern.compile("serviceAccount:service-([0-9]+)@[a-z-]+\\.iam\\.gserviceaccount\\.com");
  private static final Set<String> IMAGE_DELETION =
      Set.of("artifactregistry.tags.delete", "artifactregistry.versions.delete");

  private static final Pattern ADMIN = Pattern.compile("roles/.*([aA]dmin|[oO]wner)");

  private final Team.Environment environment;
  private final List<String> violations = new ArrayList<>();

  private Audit(Team.Environment environment) {
    this.environment = environment;
  }

  /** Everything that is wrong with {@code resources}, as the environment of that team. */
  public static List<String> of(Team.Environment environment, List<Plan.Resource> resources) {
    Audit audit = new Audit(environment);
    List<Grant> grants = resources.stream().flatMap(r -> Grant.of(r).stream()).toList();
    if (grants.isEmpty()) {
      audit.violations.add("there are no grants at all: is it an environment?");
    }
    grants.forEach(audit::role);
    grants.forEach(audit::secret);
    grants.forEach(audit::member);
    grants.forEach(audit::abroad);
    audit.separation(grants);
    resources.forEach(audit::resource);
    return List.copyOf(audit.violations);
  }

  private void rule(boolean kept, String what, Object by) {
    if (!kept) {
      violations.add(what + ": " + by);
    }
  }

  private void role(Grant grant) {
    rule(!grant.isRole("owner", "editor", "viewer"), "a primitive role", grant);
    rule(!ADMIN.matcher(grant.role()).matches(), "an administrator's role", grant);
    rule(
        !grant.onProject() || PROJECT_ROLES.contains(grant.role()),
        "a role on the whole project that a smaller resource can give",
        grant);
    rule(
        !grant.onProject() || !NARROWED.contains(grant.role()) || grant.conditioned(),
        "a role on the whole project that no condition narrows",
        grant);
    rule(
        !grant.onProject()
            || !grant.isRole("pubsub.publisher", "eventarc.serviceAgent")
            || AGENT.matcher(grant.member()).matches(),
        "a role on the whole project that only Google's agents need",
        grant);
    rule(
        !grant.on().endsWith("-sources")
            || grant.isRole("storage.legacyBucketReader")
            || grant.conditioned(),
        "a role on all folders of the source bucket",
        grant);
  }

  /** Slack's are for who speaks with Slack, a service's for the services. */
  private void secret(Grant grant) {
    rule(
        !grant.isRole("secretmanager.secretAccessor")
            || grant.isOf("slipway-notify@" + environment.project())
            || grant.isOf("slipway-slack@" + environment.project())
            || grant.isOf("slipway-runtime@" + environment.project()),
        "a secret read by who has no need of it",
        grant);
  }

  private void member(Grant grant) {
    String member = grant.member();
    if (member.equals("allUsers") || member.equals("allAuthenticatedUsers")) {
      rule(
          grant.scope().equals("cloud_run_v2_service")
              && member.equals("allUsers")
              && environment.publicServices().contains(grant.on()),
          "open to everyone, though the team's file does not say so",
          grant);
      return;
    }
    Matcher agent = AGENT.matcher(member);
    Matcher account = ACCOUNT.matcher(member);
    boolean own =
        agent.matches()
            ? agent.group(1).equals(environment.number())
            : account.matches() && account.group(1).equals(environment.project());
    rule(
        own || environment.members().contains(member),
        "somebody who is neither of this environment nor in the team's file",
        grant);
  }

  /** Elsewhere the function that takes promotions in may read the environment before, nothing else. */
  private void abroad(Grant grant) {
    rule(
        grant.isWithin(environment.project())
            || (environment.promoteFrom().isPresent()
                && grant.isOf("slipway-ingest@" + environment.project())
                && grant.isRole(
                    "datastore.viewer", "artifactregistry.reader", "storage.objectViewer")),
        "a role in another environment that is more than reading what is promoted from there",
        grant);
  }

  private void separation(List<Grant> grants) {
    Map<String, Set<String>> powers = new HashMap<>();
    for (Grant grant : grants) {
      if (grant.isRole("cloudbuild.builds.editor", "cloudbuild.builds.builder")) {
        powers.computeIfAbsent(grant.member(), m -> new HashSet<>()).add("build");
      }
      if (grant.role().matches("roles/(run|cloudfunctions)\\.(developer|sourceDeveloper|admin)")) {
        powers.computeIfAbsent(grant.member(), m -> new HashSet<>()).add("deploy");
      }
    }
    powers.forEach(
        (member, both) -> rule(both.size() < 2, "an account that may both build and deploy", member));
  }

  private void resource(Plan.Resource resource) {
    String address = resource.address();
    switch (resource.type()) {
      case "google_storage_bucket" -> {
        rule(
            resource.text("uniform_bucket_level_access").equals("true"),
            "a bucket with rights of single objects",
            address);
        rule(
            resource.text("public_access_prevention").equals("enforced"),
            "a bucket that can be made public",
            address);
      }
      case "google_cloudfunctions2_function" -> function(resource);
      case "google_project_iam_custom_role" ->
          rule(
              permissions(resource).allMatch(IMAGE_DELETION::contains),
              "a role of our own that may do more than delete images",
              address);
      case "google_secret_manager_secret_version", "google_service_account_key" ->
          rule(false, "a secret in the state", address);
      case "google_project_iam_binding", "google_project_iam_policy" ->
          rule(false, "a grant that takes others away", address);
      default -> {}
    }
  }

  private static Stream<String> permissions(Plan.Resource role) {
    JsonElement permissions = role.values().get("permissions");
    return permissions == null
        ? Stream.of("unknown")
        : permissions.getAsJsonArray().asList().stream().map(JsonElement::getAsString);
  }

  private void function(Plan.Resource function) {
    JsonObject service = first(function, "service_config");
    rule(
        service.has("service_account_email"),
        "a function that runs as the project's default account",
        function.address());
    if (!function.has("event_trigger")) {
      return;
    }
    rule(
        "RETRY_POLICY_RETRY".equals(text(first(function, "event_trigger"), "retry_policy")),
        "a function whose events are lost when it fails",
        function.address());
    rule(
        "ALLOW_INTERNAL_ONLY".equals(text(service, "ingress_settings")),
        "a function of events that the internet reaches",
        function.address());
  }

  private static JsonObject first(Plan.Resource resource, String block) {
    JsonElement blocks = resource.values().get(block);
    return blocks == null || blocks.getAsJsonArray().isEmpty()
        ? new JsonObject()
        : blocks.getAsJsonArray().get(0).getAsJsonObject();
  }

  private static String text(JsonObject object, String key) {
    return object.has(key) ? object.get(key).getAsString() : "";
  }
}
