package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Opinions;
import dev.slipway.ledger.View;
import dev.slipway.release.Change;
import dev.slipway.release.Deployment;
import dev.slipway.release.Plan;
import dev.slipway.release.Question;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Rehearsal;
import dev.slipway.rollout.Services;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of a question, and that nothing else does. */
final class RehearsalsTest {

  private static final Instant NOW = Samples.NOW;

  private final Map<String, Plan.Check> answers = new HashMap<>();
  private final List<Deployment> rehearsed = new ArrayList<>();
  private final Rehearsals rehearsals = rehearsals(Optional.of(Samples.OTHER), here(this::refused));

  private Rehearsals rehearsals(Optional<ReleaseId> live, Rehearsals.Place... places) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Rehearsals(
        new Journal(new Books(live), release -> {}, clock), List.of(places), new Kept(), clock);
  }

  private Plan.Check refused(Optional<ServiceState> basis, Deployment deployment) {
    rehearsed.add(deployment);
    return Plan.Check.objected("no quota");
  }

  private static Rehearsals.Place here(Rehearsal rehearsal) {
    return place(Optional.empty(), rehearsal);
  }

  private static Rehearsals.Place place(Optional<String> region, Rehearsal rehearsal) {
    return new Rehearsals.Place(region, new Untouched(), rehearsal);
  }

  private static Question asked(Instant at) {
    return new Question("0".repeat(32), Samples.HELLO, "ana", at);
  }

  @Test
  void theLiveReleasesImageIsTriedAndTheAnswerIsLeft() {
    rehearsals.answer(asked(NOW));

    assertThat(rehearsed)
        .singleElement()
        .satisfies(d -> assertThat(d.image()).isEqualTo(Samples.IMAGE.reference()));
    assertThat(answers).containsEntry("0".repeat(32), Plan.Check.objected("no quota"));
  }

  @Test
  void everyRegionIsAskedAndEachObjectionNamesItsOwn() {
    Rehearsals three =
        rehearsals(
            Optional.of(Samples.OTHER),
            here((basis, deployment) -> Plan.Check.PASSED),
            place(
                Optional.of("us-central1"),
                (basis, deployment) -> Plan.Check.objected("no quota")),
            place(
                Optional.of("asia-east1"),
                (basis, deployment) -> Plan.Check.objected("no such secret")));

    three.answer(asked(NOW));

    assertThat(answers.values())
        .containsExactly(
            Plan.Check.objected("us-central1: no quota; asia-east1: no such secret"));
  }

  @Test
  void aQuestionThatComesAgainIsNotAskedAgain() {
    rehearsals.answer(asked(NOW));
    rehearsals.answer(asked(NOW));

    assertThat(rehearsed).hasSize(1);
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotAsked() {
    rehearsals.answer(asked(NOW.minus(Duration.ofMinutes(2))));
    rehearsals.answer(asked(NOW.plus(Duration.ofMinutes(2))));

    assertThat(rehearsed).isEmpty();
    assertThat(answers).isEmpty();
  }

  @Test
  void aServiceTheLedgerHasNoImageOfIsNotAskedAbout() {
    rehearsals(Optional.empty(), here(this::refused)).answer(asked(NOW));

    assertThat(rehearsed).isEmpty();
    assertThat(answers).containsValue(Plan.Check.NO_IMAGE);
  }

  @Test
  void aFailureIsAnAnswerTooAndNobodyIsAskedToTryAgain() {
    Rehearsals failing =
        rehearsals(
            Optional.of(Samples.OTHER),
            here(
                (basis, deployment) -> {
                  throw new IllegalStateException("UNAVAILABLE");
                }));

    failing.answer(asked(NOW));

    assertThat(answers.values())
        .singleElement()
        .satisfies(answer -> assertThat(answer.unasked().orElseThrow()).contains("log says why"));
  }

  /** Answers in memory. */
  private final class Kept implements Opinions {
    @Override
    public Optional<Plan.Check> find(String question) {
      return Optional.ofNullable(answers.get(question));
    }

    @Override
    public void leave(String question, Plan.Check answer, Instant until) {
      assertThat(until).isAfter(NOW);
      answers.putIfAbsent(question, answer);
    }
  }

  /** A service nothing may be done to. */
  private static final class Untouched implements Services {
    @Override
    public Optional<ServiceState> read(ServiceName service, String revision) {
      return Optional.empty();
    }

    @Override
    public void deploy(Optional<ServiceState> basis, Deployment deployment) {
      throw new AssertionError("a question deploys nothing");
    }

    @Override
    public void shift(ServiceState basis, Traffic traffic) {
      throw new AssertionError("a question moves nothing");
    }
  }

  /** A ledger that is only read. */
  private record Books(Optional<ReleaseId> live) implements Ledger {
    @Override
    public View view(ReleaseId id) {
      ServiceRecord unknown = ServiceRecord.unknown(Samples.HELLO);
      ServiceRecord service =
          new ServiceRecord(
              unknown.name(), live, unknown.previous(), unknown.slot(), 1, unknown.newest(), 0,
              List.of(), unknown.hold());
      Map<ReleaseId, Release> others = new HashMap<>();
      live.ifPresent(release -> others.put(release, built(release)));
      return new View(id, Optional.empty(), service, others, "");
    }

    private static Release built(ReleaseId id) {
      return Release.begin(
              id,
              new ReleaseEvent.PromotionReceived(Samples.ORIGIN, Samples.SOURCE, Samples.CRATE),
              NOW)
          .on(new ReleaseEvent.ImageCopied(Samples.IMAGE, Optional.empty(), Optional.empty()), NOW);
    }

    @Override
    public boolean commit(View basis, Change change) {
      throw new AssertionError("a question writes no event");
    }
  }
}
