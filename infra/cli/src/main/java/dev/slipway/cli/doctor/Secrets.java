package dev.slipway.cli.doctor;

import dev.slipway.Settings;
import dev.slipway.cli.doctor.Rest.Question;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secrets the functions name: each has the version that is named, and Slack takes the token. */
record Secrets(Place place, Refusals refusals) {

  private static final String SLACK = "Slack's token";
  private static final String AUTH_TEST = "https://slack.com/api/auth.test";

  /** @param named as {@code slack-token/versions/1} by the variable it is read into */
  List<Question> versions(Map<String, String> named) {
    List<Question> questions = new ArrayList<>();
    named.values().stream().distinct().forEach(version -> questions.add(version(version)));
    return questions;
  }

  private Question version(String version) {
    String name = "secret " + version.replace("/versions/", ", version ");
    return new Question(
        name,
        Request.get(place.global("secretmanager", "/secrets/" + version)),
        refusals.orElse(
            name,
            "gcloud secrets versions add %s --project %s --data-file=-"
                .formatted(version.replaceAll("/.*", ""), place.project()),
            tree ->
                List.of(
                    Refusals.judge(
                        name,
                        tree.text("state").equals("ENABLED"),
                        "ENABLED",
                        "it is " + tree.text("state") + ": functions that name it cannot start",
                        "gcloud secrets versions enable %s --secret %s --project %s"
                            .formatted(
                                version.replaceAll(".*/", ""),
                                version.replaceAll("/.*", ""),
                                place.project())))));
  }

  /** Reads the token where that is allowed, and asks Slack whose it is. It is never shown. */
  Check slack(Map<String, String> named, Rest google, Rest slack) {
    String version = named.get(Settings.SLACK_TOKEN);
    if (version == null) {
      return Check.skipped(SLACK, "no function has one", "docs/environments.md, Slack, if it should");
    }
    Answer secret =
        google.ask(
            Request.get(place.global("secretmanager", "/secrets/" + version + ":access")));
    Optional<String> token =
        Optional.of(secret.body().text("payload", "data"))
            .filter(data -> secret.isGood() && !data.isEmpty())
            .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8).strip());
    return token
        .map(t -> slack(slack.ask(Request.post(AUTH_TEST, "").showing(Optional.of(t)))))
        .orElseGet(
            () ->
                Check.skipped(
                    SLACK,
                    "it is not for you to read, which is as it should be: " + secret.error(),
                    "ask somebody who has roles/secretmanager.secretAccessor on it"));
  }

  static Check slack(Answer answer) {
    if (answer.status() == 0) {
      return Check.warn(SLACK, answer.error(), "try again");
    }
    return Refusals.judge(
        SLACK,
        answer.body().flag("ok"),
        "%s in %s".formatted(answer.body().text("user"), answer.body().text("team")),
        "Slack refuses it: " + answer.body().text("error"),
        "docs/operations.md, Rotate the Slack token");
  }
}
