package dev.slipway.cli.doctor;

import java.util.List;
import java.util.function.Function;

/** What is thought of an answer that does not say what was asked, whatever was asked. */
record Refusals(Place place) {

  /**
   * Judges a good answer by {@code judgement}, and every other one as what it is.
   *
   * @param missing the remedy where there is no such thing
   */
  Function<Answer, List<Check>> orElse(
      String name, String missing, Function<Tree, List<Check>> judgement) {
    return answer ->
        answer.isGood()
            ? judgement.apply(answer.body())
            : List.of(refused(name, missing, answer));
  }

  Function<Answer, List<Check>> orElse(String name, Function<Tree, List<Check>> judgement) {
    return orElse(name, place.apply(), judgement);
  }

  private Check refused(String name, String missing, Answer answer) {
    if (answer.isMissing()) {
      return Check.fail(name, "it is not there", missing);
    }
    if (answer.isSwitchedOff()) {
      return Check.fail(name, "its API is not enabled", "infra/gcp/prepare " + place.project());
    }
    if (answer.isForbidden()) {
      return Check.skipped(
          name,
          "you may not look: " + answer.error(),
          "gcloud projects add-iam-policy-binding %s --member user:YOU --role roles/viewer   # and roles/iam.securityReviewer"
              .formatted(place.project()));
    }
    return Check.fail(name, "it could not be asked: " + answer.error(), "try again");
  }

  /** A failure or a good word, which is most of what there is to say. */
  static Check judge(String name, boolean good, String found, String otherwise, String remedy) {
    return good ? Check.ok(name, found) : Check.fail(name, otherwise, remedy);
  }

}
