package dev.slipway.cli.doctor;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Who asks: the application default credentials of this machine, if it has any.
 *
 * @param token for Google's APIs; empty where there are none
 * @param person whether it is a person's: Google wants to know which project such calls count on
 * @param trouble why there are none; empty where there are
 */
record Caller(Optional<String> token, boolean person, String trouble) {

  static Caller ofThisMachine() {
    try {
      GoogleCredentials credentials =
          GoogleCredentials.getApplicationDefault()
              .createScoped(List.of("https://www.googleapis.com/auth/cloud-platform"));
      credentials.refreshIfExpired();
      return new Caller(
          Optional.of(credentials.getAccessToken().getTokenValue()),
          credentials instanceof UserCredentials,
          "");
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      return new Caller(Optional.empty(), false, why.lines().findFirst().orElse(why));
    }
  }

  /** Asks as this caller, of something in {@code project}. */
  Rest within(String project, Rest plain) {
    Optional<String> quota = person ? Optional.of(project) : Optional.empty();
    return request -> plain.ask(request.showing(token).countedOn(quota));
  }

  /** Whose token it is, in Google's words. */
  Check who(Rest plain) {
    String login = "gcloud auth application-default login";
    if (token.isEmpty()) {
      return Check.fail("credentials", "there are none: " + trouble, login);
    }
    Answer answer =
        plain.ask(
            Request.post("https://oauth2.googleapis.com/tokeninfo", "access_token=" + token.get()));
    if (!answer.isGood()) {
      String why = answer.body().text("error_description");
      return Check.fail(
          "credentials", "Google does not know them: " + (why.isEmpty() ? answer.error() : why), login);
    }
    String email = answer.body().text("email");
    return Check.ok(
        "credentials",
        "%s, for another %s s"
            .formatted(email.isEmpty() ? "an account without an address" : email, answer.body().text("expires_in")));
  }
}
