package dev.slipway.cli.doctor;

import dev.slipway.Settings;
import dev.slipway.cli.doctor.Rest.Question;
import java.util.List;

/** The console: it answers, and it answers strangers that they may not come in. */
record Page(Place place, String url, Refusals refusals) {

  private static final String NAME = "console";

  /** Asked without a token. */
  Question strangers() {
    return Question.of(NAME, Request.get(url + "/api/services"), this::strangers);
  }

  private Check strangers(Answer answer) {
    String logs =
        "gcloud functions logs read slipway-console --gen2 --project %s --region %s"
            .formatted(place.project(), place.region());
    return switch (answer.status()) {
      case 401, 403 -> Check.ok(NAME, url + " answers, and lets no stranger in");
      case 301, 302, 303, 307 ->
          answer.location().startsWith("https://accounts.google.com/")
              ? Check.ok(NAME, url + " answers: strangers are asked to sign in")
              : Check.warn(NAME, "strangers are sent to " + answer.location(), logs);
      case 200 ->
          Check.fail(
              NAME,
              url + " is open to everyone",
              "gcloud run services remove-iam-policy-binding slipway-console --project %s --region %s --member allUsers --role roles/run.invoker"
                  .formatted(place.project(), place.region()));
      case 0 -> Check.fail(NAME, answer.error(), logs);
      default -> Check.fail(NAME, "%s answers %d".formatted(url, answer.status()), logs);
    };
  }

  /** Whether what the console takes the word of stands before it. */
  Question proxy(Functions.Found found, Rest google) {
    String name = "console's sign-in";
    boolean wanted =
        found.function("slipway-console").has("serviceConfig", "environmentVariables", Settings.IAP_AUDIENCE);
    return new Question(
        name,
        Request.get(place.regional("run", "/services/slipway-console")),
        refusals.orElse(
            name, tree -> List.of(proxy(name, wanted, tree.flag("iapEnabled"), google))));
  }

  /** Past the proxy nobody may come; the proxy itself must. */
  private boolean letsProxyIn(Rest google) {
    Answer policy =
        google.ask(Request.get(place.regional("run", "/services/slipway-console:getIamPolicy")));
    return !policy.isGood()
        || policy.body().each("bindings").stream()
            .filter(binding -> binding.text("role").equals("roles/run.invoker"))
            .flatMap(binding -> binding.each("members").stream())
            .anyMatch(member -> member.text().equals(place.agent("gcp-sa-iap")));
  }

  private Check proxy(String name, boolean wanted, boolean on, Rest google) {
    if (wanted && !on) {
      return Check.fail(
          name,
          "Identity-Aware Proxy is not before it: nobody can sign in",
          "infra/gcp/sign-in %s %s".formatted(place.project(), place.region()));
    }
    if (!wanted && on) {
      return Check.fail(
          name,
          "Identity-Aware Proxy is before it, and it does not take the proxy's word",
          "console: {sign_in: iap} in the team's file, then " + place.apply());
    }
    if (on && !letsProxyIn(google)) {
      return Check.fail(
          name, "Identity-Aware Proxy may not call it: whoever signs in is answered 403", place.apply());
    }
    return Check.ok(name, on ? "through Identity-Aware Proxy" : "by identity tokens");
  }
}
