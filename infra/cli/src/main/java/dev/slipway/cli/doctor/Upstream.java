package dev.slipway.cli.doctor;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.cli.doctor.Rest.Question;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is promoted from: whether this environment may read the one before it.
 *
 * @param source as the function that takes promotions in has it, in JSON; empty for none
 */
record Upstream(Place place, String source, Refusals refusals) {

  List<Question> all() {
    Tree from = parsed();
    if (from.text("project").isEmpty()) {
      return List.of();
    }
    String project = from.text("project");
    String repository = from.text("repository");
    int slash = repository.lastIndexOf('/');
    String region = repository.replaceAll("-docker\\.pkg\\.dev/.*", "");
    return List.of(
        mayRead(
            project + "'s ledger",
            Request.post(
                "https://cloudresourcemanager.googleapis.com/v1/projects/%s:getIamPolicy"
                    .formatted(project),
                "{\"options\":{\"requestedPolicyVersion\":3}}"),
            "roles/datastore.viewer"),
        mayRead(
            project + "'s images",
            Request.get(
                "https://artifactregistry.googleapis.com/v1/projects/%s/locations/%s/repositories/%s:getIamPolicy"
                    .formatted(project, region, repository.substring(slash + 1))),
            "roles/artifactregistry.reader"),
        mayRead(
            project + "'s archives",
            Request.get(
                "https://storage.googleapis.com/storage/v1/b/%s-sources/iam?optionsRequestedPolicyVersion=3"
                    .formatted(project)),
            "roles/storage.objectViewer"));
  }

  private Tree parsed() {
    try {
      return source.isEmpty() ? Tree.NOTHING : new Tree(JsonParser.parseString(source));
    } catch (JsonParseException e) {
      return Tree.NOTHING;
    }
  }

  private Question mayRead(String what, Request request, String role) {
    String name = "promotion from " + what;
    return new Question(
        name,
        request,
        refusals.orElse(
            name,
            policy ->
                List.of(
                    Refusals.judge(
                        name,
                        policy.each("bindings").stream().anyMatch(gives(role)),
                        role.replaceFirst("^roles/", ""),
                        "slipway-ingest may not read them: every promotion fails",
                        place.apply()))));
  }

  private Predicate<Tree> gives(String role) {
    String reader =
        "serviceAccount:slipway-ingest@%s.iam.gserviceaccount.com".formatted(place.project());
    return binding ->
        binding.text("role").equals(role)
            && binding.each("members").stream().anyMatch(member -> member.text().equals(reader));
  }
}
