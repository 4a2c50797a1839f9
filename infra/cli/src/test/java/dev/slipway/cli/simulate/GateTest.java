package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.GatePolicy;
import dev.slipway.release.Histogram;
import dev.slipway.release.LogLine;
import dev.slipway.release.Policy;
import dev.slipway.release.Signal;
import dev.slipway.release.Stage;
import dev.slipway.release.Tally;
import dev.slipway.release.Upload;
import dev.slipway.release.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole journeys past the gate, on fakes, minute by minute. */
final class GateTest {

  private static final Tally NOTHING = Tally.NONE;

  private World world = World.calm();

  private static String revision(Upload upload) {
    return World.id(upload).revision();
  }

  private static Tally tally(long requests, long errors) {
    return new Tally(requests, errors, Histogram.EMPTY);
  }

  private static GatePolicy gate(GatePolicy.NoData noData, int synthetic) {
    GatePolicy d = GatePolicy.DEFAULT;
    return new GatePolicy(
        true,
        d.limits(),
        new GatePolicy.Sampling(
            d.sampling().window(), d.sampling().lag(), d.sampling().minRequests(), synthetic),
        new GatePolicy.Tolerance(0, 10, noData),
        d.compareToStable(),
        d.confidence());
  }

  private static World world(GatePolicy gate) {
    return new World(Faults.none(), Policy.DEFAULT.gatedBy(gate));
  }

  /** What the second release answers; the first is well. */
  private Upload second(Tally tally) {
    Upload first = world.release("hello.crate", "v1");
    world.measures.answers = (r, from, to) -> r.equals(revision(first)) ? tally(500, 0) : tally;
    return world.release("hello.crate", "v2");
  }

  private Verdict last(Upload upload) {
    return world.release(upload).verdicts().getLast();
  }

  @Test
  void aHealthyReleaseKeepsTheVerdictOfEachStepAndOfItsWatch() {
    Upload second = second(tally(500, 1));

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(second).verdicts())
        .extracting(Verdict::outcome)
        .as("two steps and the watch")
        .containsExactly(
            Verdict.Outcome.HEALTHY, Verdict.Outcome.HEALTHY, Verdict.Outcome.HEALTHY);
    assertThat(world.release(second).verdicts().getFirst().words().getFirst())
        .isEqualTo("error rate: actual 0.2 %, needs <= 1 %, 1000 requests");
  }

  @Test
  void aReleaseThatFailsAFifthIsRolledBackInItsFirstStepAsSoonAsItShows() {
    Upload second = second(tally(50, 10));

    assertThat(world.stages(second)).containsOnlyOnce("canary").endsWith("rolled-back");
    assertThat(((Stage.RolledBack) world.stage(second)).reason())
        .startsWith(
            "at 10%: unhealthy: error rate: actual 20 %, needs <= 1 %, 50 requests");
    assertThat(last(second).outcome()).isEqualTo(Verdict.Outcome.UNHEALTHY);
    assertThat(last(second).until()).isEqualTo(last(second).since().plus(Duration.ofMinutes(1)));
  }

  @Test
  void fault27_aBadStableRevisionBlocksNoGoodCandidate() {
    Upload first = world.release("hello.crate", "v1");
    world.measures.answers =
        (r, from, to) -> r.equals(revision(first)) ? tally(500, 250) : tally(500, 0);

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault28_withoutRequestsAReleaseIsPausedAndNeverPromotedBySilence() {
    world = world(gate(GatePolicy.NoData.PAUSE, 0));

    Upload second = second(NOTHING);

    Stage.Paused paused = (Stage.Paused) world.stage(second);
    assertThat(paused.percent()).isEqualTo(10);
    assertThat(paused.reason()).contains("cannot be judged yet: error rate", "no requests");
    assertThat(last(second).outcome()).isEqualTo(Verdict.Outcome.INCONCLUSIVE);
  }

  @Test
  void fault28_thePolicyMayPassOrFailAReleaseWithoutRequests() {
    world = world(gate(GatePolicy.NoData.PASS, 0));
    assertThat(world.stage(second(NOTHING))).isInstanceOf(Stage.Live.class);

    world = world(gate(GatePolicy.NoData.FAIL, 0));
    assertThat(world.stage(second(NOTHING))).isInstanceOf(Stage.RolledBack.class);
  }

  @Test
  void fault28_whatCannotBeReadPausesWhateverThePolicySaysOfSilence() {
    world = world(gate(GatePolicy.NoData.PASS, 0));
    world.measures.unreadable = Optional.of("PERMISSION_DENIED");

    Upload second = second(tally(500, 0));

    Stage.Paused paused = (Stage.Paused) world.stage(second);
    assertThat(paused.reason())
        .isEqualTo("at 10%: cannot be judged: requests: could not be read: PERMISSION_DENIED");
  }

  @Test
  void tooFewRequestsAreWaitedForPastTheHold() {
    world = world(gate(GatePolicy.NoData.PAUSE, 0));

    Upload second = second(tally(15, 0));

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(second).verdicts().getFirst().requests()).isBetween(100L, 120L);
  }

  @Test
  void whereUsersAskTooLittleSlipwayAsksItselfAndSaysSo() {
    Upload second = second(NOTHING);

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    Verdict step = world.release(second).verdicts().getFirst();
    assertThat(step.requests()).isBetween(100L, 140L);
    assertThat(step.synthetic()).isEqualTo(step.requests());
    assertThat(step.words().getFirst())
        .matches("error rate: actual 0 %, needs <= 1 %, (\\d+) requests, \\1 of them synthetic");
  }

  @Test
  void whereUsersAskEnoughSlipwayAsksNothing() {
    second(tally(30, 0));

    assertThat(world.measures.sampled).isEmpty();
  }

  @Test
  void aPanicOfTheCandidatesOwnTakesItBackWithinAMinute() {
    Signal panic = LogLine.signal("thread 'main' panicked at src/main.rs:10:5:").orElseThrow();
    Upload first = world.release("hello.crate", "v1");
    world.measures.logged = r -> r.equals(revision(first)) ? List.of() : List.of(panic);

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stages(second)).containsOnlyOnce("canary");
    assertThat(((Stage.RolledBack) world.stage(second)).reason())
        .isEqualTo(
            "at 10%: unhealthy: panic: thread 'main' panicked at src/main.rs:10:5: (once, never on stable)");
  }

  @Test
  void fault26_aCandidateThatCrashesInALoopIsRolledBackByItsExits() {
    Signal exit = LogLine.signal("Container called exit(101).").orElseThrow();
    Upload first = world.release("hello.crate", "v1");
    world.measures.logged = r -> r.equals(revision(first)) ? List.of() : List.of(exit, exit);
    world.measures.answers = (r, from, to) -> NOTHING;

    Upload second = world.release("hello.crate", "v2");

    assertThat(((Stage.RolledBack) world.stage(second)).reason()).contains("exit(101)");
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void measurementsAreReadOnceAWindowHoweverOftenItIsLookedAt() {
    world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    world.builds.finish();
    world.buildMessage(second);
    world.pass(Duration.ofMinutes(4));

    for (int i = 0; i < 50; i++) {
      world.tick();
    }

    assertThat(world.measures.readings).isEqualTo(1);
    world.pass(Duration.ofMinutes(1));
    world.tick();
    assertThat(world.measures.readings).isEqualTo(2);
  }

  @Test
  void fault29_aReleaseThatTurnsBadWhileItIsWatchedIsTakenBackByTheGate() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    for (int i = 0; i < 60 && !(world.stage(second) instanceof Stage.Watching); i++) {
      world.builds.finish();
      world.tick();
      world.pass(Duration.ofMinutes(1));
    }
    assertThat(world.stage(second)).isInstanceOf(Stage.Watching.class);

    world.measures.answers = (r, from, to) -> tally(500, 100);
    world.settle();

    assertThat(((Stage.RolledBack) world.stage(second)).reason())
        .startsWith("at 100%: unhealthy: error rate: actual 20 %");
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aReleaseThatCannotBeJudgedWhileItIsWatchedGoesLive() {
    world = world(gate(GatePolicy.NoData.FAIL, 20));

    Upload second = second(NOTHING);

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(last(second).outcome()).isEqualTo(Verdict.Outcome.INCONCLUSIVE);
  }

  @Test
  void withoutAGateAStepIsOverWhenItsHoldIs() {
    world = world(GatePolicy.OFF);

    Upload second = second(tally(500, 500));

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(second).verdicts()).isEmpty();
    assertThat(world.measures.readings).isZero();
  }

  @Test
  void aStepThatIsJudgedIsOneCommit() {
    Upload second = second(tally(500, 0));

    assertThat(world.release(second).sequence())
        .isEqualTo(world.release(second).history().size());
  }
}
