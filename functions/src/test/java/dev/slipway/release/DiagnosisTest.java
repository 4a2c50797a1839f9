package dev.slipway.release;

import static dev.slipway.release.Verdict.Outcome.ERROR;
import static dev.slipway.release.Verdict.Outcome.HEALTHY;
import static dev.slipway.release.Verdict.Outcome.INCONCLUSIVE;
import static dev.slipway.release.Verdict.Outcome.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Measurements.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each case: what a minute each of the candidate and of stable was like, and the verdict. */
final class DiagnosisTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:30Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final GatePolicy POLICY = GatePolicy.DEFAULT;

  private static Tally tally(long requests, long errors) {
    return new Tally(requests, errors, Histogram.EMPTY);
  }

  private static List<Slice> minutes(Tally... tallies) {
    List<Slice> slices = new ArrayList<>();
    Instant from = BEGAN;
    for (Tally tally : tallies) {
      slices.add(new Slice(from, from.plus(MINUTE), tally));
      from = from.plus(MINUTE);
    }
    return slices;
  }

  private static Verdict judge(GatePolicy policy, List<Slice> candidate, List<Slice> stable) {
    return judge(policy, candidate, stable, Signals.NONE);
  }

  private static Verdict judge(
      GatePolicy policy, List<Slice> candidate, List<Slice> stable, Signals signals) {
    Windows windows = new Windows(BEGAN, MINUTE, Math.max(1, candidate.size()));
    Evidence evidence = new Evidence(Measurements.of(candidate, stable), signals);
    return Diagnosis.of(policy, windows, evidence);
  }

  private static GatePolicy tolerating(int failures) {
    return new GatePolicy(
        true,
        POLICY.limits(),
        POLICY.sampling(),
        new GatePolicy.Tolerance(failures, 10, GatePolicy.NoData.PAUSE),
        POLICY.compareToStable(),
        POLICY.confidence());
  }

  private static GatePolicy limiting(GatePolicy.Limits limits) {
    return new GatePolicy(
        true,
        limits,
        POLICY.sampling(),
        POLICY.tolerance(),
        new GatePolicy.Comparison(new GatePolicy.Increase(1, Optional.of(50.0))),
        POLICY.confidence());
  }

  @Test
  void enoughGoodRequestsAreHealthy() {
    Verdict verdict = judge(POLICY, minutes(tally(412, 1)), minutes(tally(3000, 9)));

    assertThat(verdict.outcome()).isEqualTo(HEALTHY);
    assertThat(verdict.requests()).isEqualTo(412);
    assertThat(verdict.words())
        .containsExactly(
            "error rate: actual 0.243 %, needs <= 1 %, 412 requests",
            "error rate beside stable: actual 0.243 %, needs <= 1.3 %, 412 requests, stable has 0.3 % of 3000");
  }

  @Test
  void aFifthFailingIsUnhealthyAndSaysByHowMuch() {
    Verdict verdict = judge(POLICY, minutes(tally(50, 10)), minutes(tally(450, 0)));

    assertThat(verdict.outcome()).isEqualTo(UNHEALTHY);
    assertThat(verdict.reason()).startsWith("error rate: actual 20 %, needs <= 1 %, 50 requests");
  }

  @Test
  void aSmallSampleIsInconclusiveGoodOrBad() {
    assertThat(judge(POLICY, minutes(tally(20, 0)), minutes()).outcome()).isEqualTo(INCONCLUSIVE);
    assertThat(judge(POLICY, minutes(tally(3, 1)), minutes()).outcome()).isEqualTo(INCONCLUSIVE);
    assertThat(judge(POLICY, minutes(tally(20, 0)), minutes()).reason())
        .isEqualTo("error rate: actual 0 %, needs <= 1 %, 20 requests, too few to tell");
  }

  @Test
  void fault28_noRequestsAreInconclusiveAndNeverHealthy() {
    assertThat(judge(POLICY, minutes(), minutes()).outcome()).isEqualTo(INCONCLUSIVE);
    assertThat(judge(POLICY, minutes(tally(0, 0)), minutes(tally(900, 0))).reason())
        .isEqualTo("error rate: needs <= 1 %, no requests, too few to tell");
  }

  @Test
  void fault28_measurementsThatCannotBeReadAreAnErrorAndNeverHealthy() {
    Evidence evidence = new Evidence(Measurements.unreadable("DEADLINE_EXCEEDED"), Signals.NONE);

    Verdict verdict = Diagnosis.of(POLICY, new Windows(BEGAN, MINUTE, 1), evidence);

    assertThat(verdict.outcome()).isEqualTo(ERROR);
    assertThat(verdict.reason()).isEqualTo("requests: could not be read: DEADLINE_EXCEEDED");
  }

  @Test
  void fault27_aBadStableRevisionBlocksNoGoodCandidate() {
    Verdict verdict = judge(POLICY, minutes(tally(500, 0)), minutes(tally(4500, 2250)));

    assertThat(verdict.outcome()).isEqualTo(HEALTHY);
  }

  @Test
  void aCandidateWithinItsLimitButMuchWorseThanStableIsUnhealthy() {
    GatePolicy lax =
        limiting(new GatePolicy.Limits(10, Optional.empty(), Optional.empty(), Optional.empty()));

    Verdict verdict = judge(lax, minutes(tally(2000, 120)), minutes(tally(18000, 18)));

    assertThat(verdict.outcome()).isEqualTo(UNHEALTHY);
    assertThat(verdict.reason())
        .isEqualTo(
            "error rate beside stable: actual 6 %, needs <= 1.1 %, 2000 requests, stable has 0.1 % of 18000");
  }

  @Test
  void oneBadWindowIsBorneWhereThePolicyBearsOne() {
    List<Slice> flap = minutes(tally(200, 0), tally(200, 60), tally(200, 0));

    assertThat(judge(tolerating(0), flap, minutes()).outcome()).isEqualTo(UNHEALTHY);
    assertThat(judge(tolerating(1), flap, minutes()).outcome()).isEqualTo(HEALTHY);
    assertThat(judge(tolerating(1), flap.subList(0, 2), minutes()).outcome())
        .isEqualTo(INCONCLUSIVE);
  }

  @Test
  void twoBadWindowsAreTooManyWhereOneIsBorne() {
    List<Slice> flapping = minutes(tally(200, 60), tally(200, 0), tally(200, 60));

    assertThat(judge(tolerating(1), flapping, minutes()).outcome()).isEqualTo(UNHEALTHY);
  }

  @Test
  void aSlowCandidateIsUnhealthyByTheLimitAndBesideStable() {
    Histogram quick = new Histogram(List.of(new Histogram.Bucket(10, 14, 1000)));
    Histogram slow =
        new Histogram(
            List.of(new Histogram.Bucket(10, 14, 850), new Histogram.Bucket(600, 840, 150)));
    GatePolicy policy =
        limiting(new GatePolicy.Limits(1, Optional.of(100L), Optional.of(500L), Optional.empty()));

    Verdict verdict =
        judge(
            policy, minutes(new Tally(1000, 0, slow)), minutes(new Tally(1000, 0, quick)));

    assertThat(verdict.measure("p50").orElseThrow().outcome()).isEqualTo(HEALTHY);
    assertThat(verdict.measure("p95").orElseThrow().words())
        .isEqualTo("p95: actual 760 ms, needs <= 500 ms, 1000 requests");
    assertThat(verdict.measure("p95 beside stable").orElseThrow().outcome()).isEqualTo(UNHEALTHY);
    assertThat(verdict.outcome()).isEqualTo(UNHEALTHY);
  }

  @Test
  void aPanicOnlyTheCandidateShowsIsUnhealthyAndOneThatStableHasTooIsNot() {
    Signal panic = LogLine.signal("thread 'main' panicked at src/main.rs:10:5:").orElseThrow();
    Signal known = LogLine.signal("thread 'main' panicked at src/main.rs:9:5:").orElseThrow();
    Signals fresh =
        new Signals(List.of(panic, panic), List.of(), Signals.Synthetic.NONE, Optional.empty());
    Signals old =
        new Signals(List.of(panic), List.of(known), Signals.Synthetic.NONE, Optional.empty());

    assertThat(judge(POLICY, minutes(tally(412, 0)), minutes(), fresh).reason())
        .isEqualTo(
            "panic: thread 'main' panicked at src/main.rs:10:5: (2 times, never on stable)");
    assertThat(judge(POLICY, minutes(tally(412, 0)), minutes(), old).outcome()).isEqualTo(HEALTHY);
  }

  @Test
  void unhealthyBeatsErrorBeatsInconclusiveBeatsHealthy() {
    Signal exit = LogLine.signal("Container called exit(1).").orElseThrow();
    Signals bad =
        new Signals(List.of(exit), List.of(), Signals.Synthetic.NONE, Optional.empty());
    Evidence unread = new Evidence(Measurements.unreadable("no"), bad);
    Windows one = new Windows(BEGAN, MINUTE, 1);

    assertThat(Diagnosis.of(POLICY, one, unread).outcome()).isEqualTo(UNHEALTHY);
    assertThat(
            judge(POLICY, minutes(tally(1, 0)), minutes(), Signals.unreadable("no")).outcome())
        .isEqualTo(ERROR);
    assertThat(judge(POLICY, minutes(tally(1, 0)), minutes()).outcome()).isEqualTo(INCONCLUSIVE);
  }

  @Test
  void syntheticRequestsAreCountedAndSaid() {
    Signals signals =
        new Signals(
            List.of(),
            List.of(),
            new Signals.Synthetic(Collections.nCopies(50, BEGAN)),
            Optional.empty());

    Verdict verdict = judge(POLICY, minutes(tally(412, 0)), minutes(), signals);

    assertThat(verdict.synthetic()).isEqualTo(50);
    assertThat(verdict.words())
        .containsExactly("error rate: actual 0 %, needs <= 1 %, 412 requests, 50 of them synthetic");
  }

  @Test
  void onlyWhatBeganWithTheStepAndCanBeReadIsJudged() {
    Instant now = BEGAN.plusSeconds(5 * 60);
    Windows windows = Windows.of(BEGAN, POLICY.sampling(), now);
    Slice before = new Slice(BEGAN.minusSeconds(30), BEGAN.plusSeconds(30), tally(900, 900));
    Slice within = new Slice(BEGAN.plusSeconds(30), BEGAN.plusSeconds(90), tally(150, 0));
    Slice young = new Slice(BEGAN.plusSeconds(90), BEGAN.plusSeconds(150), tally(900, 900));

    Verdict verdict =
        Diagnosis.of(
            POLICY,
            windows,
            new Evidence(
                Measurements.of(List.of(before, within, young), List.of()), Signals.NONE));

    assertThat(windows.count()).isEqualTo(2);
    assertThat(verdict.requests()).isEqualTo(150);
    assertThat(verdict.outcome()).isEqualTo(HEALTHY);
    assertThat(verdict.until()).isEqualTo(BEGAN.plusSeconds(120));
  }

  @Test
  void beforeTheFirstWindowIsOverNothingIsKnown() {
    Windows none = Windows.of(BEGAN, POLICY.sampling(), BEGAN.plusSeconds(30));

    Verdict verdict =
        Diagnosis.of(POLICY, none, new Evidence(Measurements.NONE, Signals.NONE));

    assertThat(verdict.outcome()).isEqualTo(INCONCLUSIVE);
    assertThat(verdict.reason()).endsWith("no window is over yet");
  }
}
