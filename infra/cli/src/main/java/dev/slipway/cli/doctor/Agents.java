package dev.slipway.cli.doctor;

import dev.slipway.cli.doctor.Rest.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Google's own accounts may do here. Their roles are known to appear late. */
record Agents(Place place, Refusals refusals) {

  /** What an agent must have, and what fails without it. */
  private record Need(String host, String role, String otherwise) {}

  private static final List<Need> NEEDS =
      List.of(
          new Need("gcp-sa-eventarc", "eventarc.serviceAgent", "no trigger can be made"),
          new Need("gs-project-accounts", "pubsub.publisher", "no upload is told of"),
          new Need("gcp-sa-cloudbuild", "cloudbuild.serviceAgent", "no build starts"),
          new Need("serverless-robot-prod", "run.serviceAgent", "no service starts"),
          new Need("gcp-sa-cloudscheduler", "cloudscheduler.serviceAgent", "the beat is not heard"),
          new Need("gcf-admin-robot", "cloudfunctions.serviceAgent", "no function is deployed"));

  private static final String PUBSUB = "gcp-sa-pubsub";
  private static final String TOKENS = "iam.serviceAccountTokenCreator";

  Question roles() {
    return new Question(
        "roles of Google's agents",
        Request.post(
            "https://cloudresourcemanager.googleapis.com/v1/projects/%s:getIamPolicy"
                .formatted(place.project()),
            "{\"options\":{\"requestedPolicyVersion\":3}}"),
        refusals.orElse("roles of Google's agents", this::roles));
  }

  private List<Check> roles(Tree policy) {
    Set<String> given = given(policy);
    List<Check> checks = new ArrayList<>();
    for (Need need : NEEDS) {
      checks.add(
          Refusals.judge(
              "agent " + need.host(),
              given.contains(place.agent(need.host()) + " " + need.role()),
              need.role(),
              "it lacks %s: %s".formatted(need.role(), need.otherwise()),
              bind(need.host(), need.role())));
    }
    // Projects whose agent is younger than April 2021 need no grant: it is the agent's own role.
    boolean tokens =
        given.contains(place.agent(PUBSUB) + " " + TOKENS)
            || given.contains(place.agent(PUBSUB) + " pubsub.serviceAgent");
    checks.add(
        tokens
            ? Check.ok("agent " + PUBSUB, "it can sign its pushes")
            : Check.warn(
                "agent " + PUBSUB,
                "it has neither pubsub.serviceAgent nor %s: its pushes may be refused".formatted(TOKENS),
                bind(PUBSUB, TOKENS)));
    wide(policy).forEach(checks::add);
    return checks;
  }

  private static Set<String> given(Tree policy) {
    Set<String> given = new HashSet<>();
    for (Tree binding : policy.each("bindings")) {
      String role = binding.text("role").replaceFirst("^roles/", "");
      binding.each("members").forEach(member -> given.add(member.text() + " " + role));
    }
    return given;
  }

  /** What somebody widened by hand. */
  private List<Check> wide(Tree policy) {
    List<Check> wide = new ArrayList<>();
    for (String grant : given(policy)) {
      int blank = grant.lastIndexOf(' ');
      String member = grant.substring(0, blank);
      String role = grant.substring(blank + 1);
      if (member.startsWith("serviceAccount:slipway-") && role.matches("owner|editor|.*[aA]dmin")) {
        wide.add(
            Check.fail(
                "account " + member.replaceAll("serviceAccount:|@.*", ""),
                "it may do more than it must: " + role,
                "gcloud projects remove-iam-policy-binding %s --member %s --role roles/%s"
                    .formatted(place.project(), member, role)));
      }
    }
    return wide;
  }

  private String bind(String host, String role) {
    return "gcloud projects add-iam-policy-binding %s --member %s --role roles/%s"
        .formatted(place.project(), place.agent(host), role);
  }

  /** Pub/Sub gives up to the topic itself. */
  Question deadLetters() {
    String name = "agent %s on dead-letters".formatted(PUBSUB);
    return Question.of(
        name,
        Request.get(place.global("pubsub", "/topics/dead-letters:getIamPolicy")),
        answer ->
            refusals
                .orElse(
                    name,
                    policy ->
                        List.of(
                            Refusals.judge(
                                name,
                                given(policy).contains(place.agent(PUBSUB) + " pubsub.publisher"),
                                "it may publish",
                                "it may not publish: what is given up is lost",
                                place.apply())))
                .apply(answer)
                .getFirst());
  }
}
