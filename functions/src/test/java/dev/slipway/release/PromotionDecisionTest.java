package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PromotionDecisionTest {

  private static final Instant NOW = Samples.NOW.plus(Duration.ofHours(1));

  private static final PromotionDecision.Before STAGING =
      new PromotionDecision.Before(
          "staging", "host/project/images", Optional.of("https://staging.example"));

  private static final PromotionTerms AN_HOUR = new PromotionTerms(Duration.ofHours(1), false);

  @Test
  void whatIsLiveLongEnoughIsTakenWithItsOrigin() {
    Promotion.Answer answer = answer(live(), AN_HOUR);

    assertThat(answer).isInstanceOf(Promotion.Answer.Taken.class);
    Origin origin = ((Promotion.Answer.Taken) answer).origin();
    assertThat(origin)
        .isEqualTo(
            new Origin(
                "staging",
                Samples.ID,
                Samples.IMAGE,
                Optional.of(Samples.REPORT),
                Samples.NOW,
                Optional.of("https://staging.example/releases/" + Samples.ID),
                Optional.of("ana"),
                Optional.empty()));
  }

  @Test
  void timesAsLiveAddUpAndTheTimeBetweenDoesNotCount() {
    Release restored =
        live()
            .on(new ReleaseEvent.Replaced(Samples.OTHER), Samples.NOW.plusSeconds(600))
            .on(
                new ReleaseEvent.Restored(Samples.OTHER, Samples.ROLLOUT),
                NOW.minusSeconds(600));

    assertThat(rules(answer(restored, new PromotionTerms(Duration.ofMinutes(20), false))))
        .isEmpty();
    assertThat(rules(answer(restored, new PromotionTerms(Duration.ofSeconds(1201), false))))
        .containsExactly("promotion-soak");
  }

  @Test
  void aSoakThatIsTooShortSaysWhenItIsLongEnough() {
    Promotion.Answer answer = answer(live(), new PromotionTerms(Duration.ofHours(2), false));

    assertThat(((Promotion.Answer.Refused) answer).findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("live in staging for 1h; the policy here asks for 2h")
                    .contains("after " + NOW.plus(Duration.ofHours(1))));
  }

  @Test
  void whatWasReplacedIsTakenAndWhatWasTakenBackIsNot() {
    Release replaced = live().on(new ReleaseEvent.Replaced(Samples.OTHER), NOW);
    Release rolledBack =
        live()
            .on(new ReleaseEvent.RollbackStarted("it fails", 8), NOW)
            .on(new ReleaseEvent.RolledBack(Samples.OTHER.revision()), NOW);
    Release canary = Samples.release(new Stage.Canary(Samples.ROLLOUT, 0, 10, Samples.NOW));

    assertThat(rules(answer(replaced, AN_HOUR))).isEmpty();
    assertThat(rules(answer(rolledBack, AN_HOUR))).containsExactly("promotion-not-live");
    assertThat(rules(answer(canary, AN_HOUR))).containsExactly("promotion-not-live");
  }

  @Test
  void everyReasonIsGivenAtOnce() {
    Release canary = Samples.release(new Stage.Canary(Samples.ROLLOUT, 0, 10, Samples.NOW));
    Promotion wrong = asked("sha256:" + "0".repeat(64));

    assertThat(
            rules(
                PromotionDecision.answer(
                    wrong, STAGING, Optional.of(canary), AN_HOUR, NOW)))
        .containsExactly("promotion-digest", "promotion-not-live");
  }

  @Test
  void anImageOutsideTheSourcesRepositoryIsRefused() {
    PromotionDecision.Before other =
        new PromotionDecision.Before("staging", "host/project/image", Optional.empty());

    assertThat(
            rules(
                PromotionDecision.answer(
                    asked(Samples.IMAGE.digest()), other, Optional.of(live()), AN_HOUR, NOW)))
        .containsExactly("promotion-repository");
  }

  @Test
  void onlyTheConfiguredSourceIsAskedAtAll() {
    Promotion asked = asked(Samples.IMAGE.digest());
    PromotionDecision.Before other =
        new PromotionDecision.Before("dev", "host/project/images", Optional.empty());

    assertThat(PromotionDecision.unanswerable(asked, Optional.of(STAGING))).isEmpty();
    assertThat(PromotionDecision.unanswerable(asked, Optional.of(other))).isPresent();
    assertThat(PromotionDecision.unanswerable(asked, Optional.empty())).isPresent();
  }

  @Test
  void anImageIsCopiedOnceAndNotWhenItServesAlready() {
    Release release = received();
    Situation fresh = situation(release, Optional.empty(), Samples.NOW);
    Situation served =
        situation(
            release, Optional.of(Samples.release(Samples.OTHER, live().stage())), Samples.NOW);
    Situation late = situation(release, Optional.empty(), Samples.NOW.plus(Duration.ofDays(1)));

    assertThat(Decision.next(fresh))
        .isEqualTo(new Step.CopyImage(release, Optional.empty(), Samples.ORIGIN));
    assertThat(Decision.next(served))
        .isEqualTo(new Step.Note(new ReleaseEvent.FoundUnchanged(Samples.OTHER)));
    assertThat(Decision.next(late))
        .isInstanceOfSatisfying(
            Step.Note.class,
            note -> assertThat(note.event()).isInstanceOf(ReleaseEvent.Failed.class));
  }

  @Test
  void anotherTryKeepsItsOriginAndCopiesAgainWhatWasNotCopied() {
    Release failed = received().on(new ReleaseEvent.Failed("the registry is away"), Samples.NOW);

    Release retried = Release.begin(failed.nextTry(), failed.triedAgain(), NOW);

    assertThat(retried.stage()).isEqualTo(new Stage.Received());
    assertThat(retried.journey().origin()).contains(Samples.ORIGIN);
  }

  private static Release received() {
    return Release.begin(
        Samples.ID,
        new ReleaseEvent.PromotionReceived(Samples.ORIGIN, Samples.SOURCE, Samples.CRATE),
        Samples.NOW);
  }

  private static Situation situation(Release release, Optional<Release> live, Instant now) {
    ServiceRecord unknown = ServiceRecord.unknown(Samples.HELLO);
    ServiceRecord service =
        new ServiceRecord(
            Samples.HELLO,
            live.map(Release::id),
            Optional.empty(),
            Optional.empty(),
            1,
            Optional.empty(),
            0,
            List.of(),
            unknown.hold());
    return new Situation(
        release,
        service,
        live.map(other -> Map.of(other.id(), other)).orElse(Map.of()),
        new Observation.Nothing(),
        Policy.DEFAULT,
        now);
  }

  private static Release live() {
    return Samples.release(new Stage.Live(Samples.ROLLOUT, Samples.NOW));
  }

  private static Promotion asked(String digest) {
    return new Promotion("staging", Samples.ID, digest, Optional.of("ana"), Optional.empty());
  }

  private static Promotion.Answer answer(Release there, PromotionTerms terms) {
    return PromotionDecision.answer(
        asked(Samples.IMAGE.digest()), STAGING, Optional.of(there), terms, NOW);
  }

  private static List<String> rules(Promotion.Answer answer) {
    return switch (answer) {
      case Promotion.Answer.Taken t -> List.of();
      case Promotion.Answer.Refused r -> r.findings().stream().map(Finding::rule).toList();
    };
  }
}
