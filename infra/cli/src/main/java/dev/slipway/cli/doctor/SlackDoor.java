package dev.slipway.cli.doctor;

import java.util.List;

/** Whether Slack, which has no identity of Google's, gets as far as the function that takes clicks. */
record SlackDoor(Place place) {

  private static final String FUNCTION = "slipway-slack";
  private static final String NAME = "Slack's clicks";

  List<Check> look(Functions.Found found, Rest google) {
    if (!found.has(FUNCTION)) {
      return List.of();
    }
    String service = place.regional("run", "/services/" + FUNCTION);
    Refusals refusals = new Refusals(place);
    Answer answer = google.ask(Request.get(service));
    // With the invoker's check off, nobody needs a grant: what an organisation allows that forbids allUsers.
    return answer.isGood() && answer.body().flag("invokerIamDisabled")
        ? List.of(Check.ok(NAME, "Cloud Run lets everyone through to the signature's check"))
        : refusals
            .orElse(NAME, policy -> List.of(judged(policy)))
            .apply(google.ask(Request.get(service + ":getIamPolicy")));
  }

  private static Check judged(Tree policy) {
    boolean open =
        policy.each("bindings").stream()
            .filter(binding -> binding.text("role").equals("roles/run.invoker"))
            .flatMap(binding -> binding.each("members").stream())
            .anyMatch(member -> member.text().equals("allUsers"));
    return Refusals.judge(
        NAME,
        open,
        "allUsers reach the signature's check",
        "Cloud Run answers Slack 403: no button does anything",
        "docs/environments.md, Where nothing may be open to everyone");
  }
}
