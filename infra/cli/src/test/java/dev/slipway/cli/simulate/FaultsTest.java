package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Release;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.Command;
import dev.slipway.release.Policy;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The faults that a release's journey must survive, by the number they have in docs/reliability.md.
 *
 * <p>Number 13, a crash at every effect, is {@link CrashTest}; 10 and 11 are at the entry points, 28
 * is the gate's, 32 the edit's of a service.
 */
final class FaultsTest {

  private final World world = World.calm();

  private static String revision(Upload upload) {
    return World.id(upload).revision();
  }

  @Test
  void fault04_aNewGenerationIsANewReleaseAndTheOldOneIsNeverDeployedAgain() {
    Upload old = world.canary("hello.crate", "v1");
    Upload replaced = world.canary("hello.crate", "v2");
    Upload now = world.release("hello.crate", "v3");
    List<String> history = List.copyOf(world.services.history);

    for (Upload past : List.of(old, replaced)) {
      world.deliver(past);
      world.buildMessage(past);
    }

    assertThat(Set.of(World.id(old), World.id(replaced), World.id(now))).hasSize(3);
    assertThat(world.stage(now)).isInstanceOf(Stage.Live.class);
    assertThat(world.stage(replaced)).isInstanceOf(Stage.Superseded.class);
    assertThat(world.services.history).isEqualTo(history);
    assertThat(world.builds.all).hasSize(3);
  }

  @Test
  void fault06_successBeforeWorkingDeploysOnceAndALateMessageChangesNothing() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    world.builds.finish();

    world.buildMessage(upload);
    long sequence = world.release(upload).sequence();
    world.buildMessage(upload);

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(upload).sequence()).isEqualTo(sequence);
    assertThat(world.services.history).hasSize(1);
  }

  @Test
  void fault07_successBeforeTheSubmitterWroteTheBuildsIdIsAdopted() {
    World world = new World(Faults.on("submit build", Faults.Mode.CRASH_AFTER), Policy.DEFAULT);
    Upload upload = world.put("hello.crate", "v1");
    world.deliverOnce(upload);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Received.class);

    world.builds.finish();
    world.buildMessage(upload);

    assertThat(world.stages(upload)).startsWith("received", "building", "built");
    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void fault46_aForgedBuildMessageOrUploadMovesNothing() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);

    world.buildMessage(upload);
    world.deliver(new Upload(upload.bucket(), "ghost.crate", 4711));

    assertThat(world.stage(upload)).as("its build still runs").isInstanceOf(Stage.Building.class);
    assertThat(world.services.history).isEmpty();
    assertThat(world.ledger.releases).hasSize(1);
  }

  @Test
  void fault12_anEventADayOldIsDecidedByTheLedger() {
    Upload upload = world.release("hello.crate", "v1");
    int entries = world.ledger.entries.size();

    world.pass(Duration.ofHours(25));
    world.deliver(upload);
    world.buildMessage(upload);

    assertThat(world.ledger.entries).hasSize(entries);
    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void fault14_aBuildSubmittedByAWorkerThatStalledUntilAnotherWasDoneIsStopped() {
    Upload upload = world.release("hello.crate", "v1");
    Release live = world.release(upload);
    BuildOrder late =
        new BuildOrder(live.id(), 1, live.source().orElseThrow(), live.crate().orElseThrow());
    String stray = world.builds.submit(late);

    world.tick();

    assertThat(world.builds.get(stray).orElseThrow().progress())
        .isInstanceOf(BuildState.Stopped.class);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault15_aBuildSubmittedThoughItsCallerSawATimeOutIsAdopted() {
    World world =
        new World(Faults.on("submit build", Faults.Mode.DONE_BUT_TIMED_OUT), Policy.DEFAULT);

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.builds.all).hasSize(1);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault16_aChangeOfTheServiceThatTimedOutThoughDoneIsReadAgainAndNotRepeated() {
    for (String effect : List.of("deploy", "shift")) {
      World world =
          new World(Faults.on(effect, Faults.Mode.DONE_BUT_TIMED_OUT), Policy.DEFAULT);
      Upload first = world.release("hello.crate", "v1");
      Upload second = world.release("hello.crate", "v2");

      assertThat(world.stage(second)).as(effect).isInstanceOf(Stage.Live.class);
      // One revision each, and no split asked for twice: the first two are the two releases' own.
      assertThat(world.services.history).hasSize(5).last().isEqualTo(revision(second) + "=100");
      assertThat(world.stage(first)).isEqualTo(new Stage.Replaced(World.id(second)));
    }
  }

  @Test
  void fault17_aBuildTheCrateItselfFailsIsNotTriedAgain() {
    world.builds.outcome = id -> new BuildState.Broken("cargo failed", "error[E0308]");

    world.release("hello.crate", "v1");

    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void fault18_aLedgerThatAbortsFourTimesIsWrittenAtTheFifth() {
    world.ledger.aborts = 4;

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void fault18_aLedgerThatAbortsWithoutEndIsLeftToARedeliveryAndNothingIsDoneTwice() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    world.builds.finish();
    world.ledger.aborts = Integer.MAX_VALUE;

    world.buildMessage(upload);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Building.class);
    assertThat(world.services.history).isEmpty();

    world.ledger.aborts = 0;
    world.settle();
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void fault19_whileTheLedgerIsDownNothingIsBuiltOrDeployed() {
    Upload first = world.release("hello.crate", "v1");
    int changes = world.services.history.size();
    Upload second = world.put("hello.crate", "v2");
    world.ledger.down = true;
    world.deliver(second);
    assertThat(world.builds.all).hasSize(1);

    world.ledger.down = false;
    world.deliver(second);
    world.builds.finish();
    world.ledger.down = true;
    world.buildMessage(second);
    assertThat(world.services.history).hasSize(changes);

    world.ledger.down = false;
    world.settle();
    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.stage(first)).isInstanceOf(Stage.Replaced.class);
  }

  @Test
  void fault23_aRollbackOfTheLiveReleaseEndsTheCanaryOfANewerOne() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    Upload third = world.canary("hello.crate", "v3");

    world.command(Command.Kind.ROLLBACK, second);
    world.settle();

    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.stage(third))
        .isEqualTo(new Stage.Cancelled(World.id(second) + " is rolled back instead"));
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void fault23_aRollbackOfTheLiveReleaseTakesOverFromTheRollbackOfANewerOne() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    Upload third = world.canary("hello.crate", "v3");
    world.services.stuck = true;
    world.command(Command.Kind.ROLLBACK, third);
    assertThat(world.stage(third)).isInstanceOf(Stage.RollingBack.class);

    world.command(Command.Kind.ROLLBACK, second);
    world.services.stuck = false;
    world.settle();

    assertThat(world.stage(third))
        .isEqualTo(
            new Stage.Cancelled(
                "because (alice); meanwhile " + World.id(second) + " is rolled back instead"));
    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
    world.checkInvariants();
  }

  @Test
  void fault24_aChangeOfThePlatformBetweenReadingAndWritingIsReadAgain() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    world.services.beforeWrite = () -> world.services.touch("hello");
    world.pass(Policy.DEFAULT.pace().hold());

    world.tick();

    assertThat(((Stage.Canary) world.stage(second)).percent()).isEqualTo(50);
    assertThat(world.services.history).hasSize(4);
  }

  @Test
  void fault27_aGoodCandidateIsPromotedPastABrokenStable() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    world.services.readiness =
        r -> r.equals(revision(first)) ? new Readiness.Broken("unwell") : new Readiness.Ready();
    world.pass(Policy.DEFAULT.pace().hold());
    world.tick();
    assertThat(world.stage(second))
        .as("half of the traffic cannot come into force, and people are told")
        .isInstanceOf(Stage.Paused.class);

    world.command(Command.Kind.PROMOTE, second);
    world.pass(Policy.DEFAULT.pace().watch());
    world.tick();

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(second), 100));
  }

  @Test
  void fault29_aReleaseThatFailsAfterAHundredPercentGoesBackByItself() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    world.command(Command.Kind.PROMOTE, second);
    assertThat(world.stage(second)).isInstanceOf(Stage.Watching.class);

    world.services.readiness =
        r -> r.equals(revision(second)) ? new Readiness.Broken("exit 101") : new Readiness.Ready();
    world.tick();

    assertThat(world.stage(second)).isEqualTo(new Stage.RolledBack("exit 101", revision(first)));
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
    assertThat(world.service().hold()).as("nobody asked for it").isEmpty();
  }

  @Test
  void fault31_anAbortIsObeyedWhileAPromotionIsOnItsWayAndAfterIt() {
    for (boolean done : new boolean[] {false, true}) {
      World world = World.calm();
      Upload first = world.release("hello.crate", "v1");
      Upload second = world.canary("hello.crate", "v2");
      world.services.stuck = !done;
      world.command(Command.Kind.PROMOTE, second);
      assertThat(world.stage(second))
          .isInstanceOf(done ? Stage.Watching.class : Stage.Canary.class);
      assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(second), 100));

      world.command(Command.Kind.CANCEL, second);
      world.services.stuck = false;
      world.settle();

      assertThat(world.stage(second))
          .isEqualTo(new Stage.RolledBack("because (alice)", revision(first)));
      assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
    }
  }

  @Test
  void fault33_aRollbackMakesARevisionThatWasDeletedAgain() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.services.lose("hello", revision(first));

    world.command(Command.Kind.ROLLBACK, second);

    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void fault33_aRollbackToAnImageThatWasDeletedIsRefusedAndUsersKeepWhatServes() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.services.lose("hello", revision(first));
    world.services.readiness =
        r ->
            r.equals(revision(first))
                ? new Readiness.Broken("image not found")
                : new Readiness.Ready();

    world.command(Command.Kind.ROLLBACK, second);

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(second), 100));
    assertThat(world.ledger.entries.getLast().event())
        .isInstanceOfSatisfying(
            ReleaseEvent.RollbackRefused.class,
            e -> assertThat(e.reason()).contains("image not found").contains("goes on serving"));
  }

  @Test
  void fault08_aBuildMessageThatWasLostIsMadeGoodByTheTick() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    world.builds.finish();

    world.tick();

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault09_anUploadWhoseEventWasLostIsFoundByTheSweep() {
    Upload upload = world.put("hello.crate", "v1");

    world.tick();
    world.settle();

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault14_aStalledWorkerThatWakesAfterARivalChangesNothing() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    world.builds.finish();
    world.buildMessage(second);
    world.pass(Policy.DEFAULT.pace().hold());
    world.ledger.beforeCommit = () -> world.command(Command.Kind.ROLLBACK, second);

    world.tick();

    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
    world.checkInvariants();
  }

  @Test
  void fault17_aBuildThatNeverEndsFailsAtItsDeadline() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);

    world.pass(Policy.DEFAULT.builds().buildDeadline().plusSeconds(1));
    world.tick();

    assertThat(world.stage(upload)).isInstanceOf(Stage.BuildFailed.class);
  }

  @Test
  void fault17_aBuildTheBuilderLostIsTriedOnceMoreAndNoMore() {
    world.builds.outcome = id -> new BuildState.Lost("INTERNAL_ERROR");

    Upload lost = world.release("hello.crate", "v1");

    assertThat(world.stage(lost)).isEqualTo(new Stage.BuildFailed("INTERNAL_ERROR", ""));
    assertThat(world.builds.all).hasSize(2);
  }

  @Test
  void fault17_aSecondAttemptCanSucceed() {
    world.builds.outcome =
        id ->
            world.builds.all.size() == 1
                ? new BuildState.Lost("EXPIRED")
                : new BuildState.Succeeded("sha256:abc", Optional.empty());

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault20_aClockThatJumpsAnHourSkipsNoStep() {
    world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    world.builds.finish();
    world.buildMessage(second);

    world.pass(Duration.ofHours(1));
    world.tick();
    world.pass(Duration.ofHours(-1));
    world.tick();
    world.pass(Duration.ofHours(2));
    world.settle();

    assertThat(world.stages(second))
        .endsWith("candidate", "candidate", "canary", "canary", "watching", "live");
  }

  @Test
  void fault21_twoReleasesRacingTheNewerUploadWins() {
    Upload older = world.put("hello.crate", "v1");
    world.deliver(older);
    Upload newer = world.put("hello.crate", "v2");
    world.deliver(newer);

    world.settle();

    assertThat(world.stage(older)).isEqualTo(new Stage.Superseded(World.id(newer)));
    assertThat(world.builds.get("build-1").orElseThrow().progress())
        .isEqualTo(new BuildState.Stopped());
    assertThat(world.stage(newer)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault21_twoReleasesRacingUnderQueueEachHasItsTurn() {
    World queueing = World.calm(Policy.Contest.QUEUE);
    queueing.release("hello.crate", "v1");
    Upload older = queueing.put("hello.crate", "v2");
    queueing.deliver(older);
    queueing.builds.finish();
    queueing.buildMessage(older);

    Upload newer = queueing.put("hello.crate", "v3");
    queueing.deliver(newer);
    queueing.builds.finish();
    queueing.buildMessage(newer);

    assertThat(queueing.stage(newer)).isEqualTo(new Stage.Queued(World.id(older)));
    queueing.settle();
    assertThat(queueing.stage(older)).isEqualTo(new Stage.Replaced(World.id(newer)));
    assertThat(queueing.stage(newer)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault22_aNewReleaseInMidCanaryTakesOverAndStartsAtStepOne() {
    Upload stable = world.release("hello.crate", "v1");
    Upload older = world.put("hello.crate", "v2");
    world.deliver(older);
    world.builds.finish();
    world.buildMessage(older);
    assertThat(world.stage(older)).isInstanceOf(Stage.Canary.class);

    Upload newer = world.put("hello.crate", "v3");
    world.deliver(newer);
    world.builds.finish();
    world.buildMessage(newer);

    assertThat(world.stage(older)).isEqualTo(new Stage.Superseded(World.id(newer)));
    assertThat(world.services.split("hello"))
        .isEqualTo(Map.of(revision(stable), 90, revision(newer), 10));
    world.settle();
    assertThat(world.stage(newer)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void fault24_trafficEditedInMidCanaryPausesTheRolloutAndSaysSo() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    world.builds.finish();
    world.buildMessage(second);

    world.services.pin("hello", revision(first));
    world.tick();

    assertThat(world.stage(second)).isInstanceOf(Stage.Paused.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void fault25_trafficPinnedByHandHoldsTheNextReleaseVisibly() {
    Upload first = world.release("hello.crate", "v1");
    world.release("hello.crate", "v2");
    world.services.pin("hello", revision(first));

    Upload third = world.put("hello.crate", "v3");
    world.deliver(third);
    world.builds.finish();
    world.buildMessage(third);

    assertThat(((Stage.Held) world.stage(third)).reason())
        .contains("100% " + revision(first))
        .contains("not as Slipway left it");
  }

  @Test
  void fault26_aCandidateThatDoesNotStartIsRolledBackWithItsReason() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.services.readiness =
        r -> r.equals(revision(second)) ? new Readiness.Broken("exited with 1") : new Readiness.Ready();

    world.deliver(second);
    world.settle();

    assertThat(world.stage(second))
        .isEqualTo(new Stage.RolledBack("exited with 1", revision(first)));
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void fault26_aCandidateThatIsNeverReadyIsGivenUpAtItsDeadline() {
    world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.services.readiness =
        r -> r.equals(revision(second)) ? new Readiness.Starting() : new Readiness.Ready();

    world.deliver(second);
    world.settle();

    assertThat(((Stage.RolledBack) world.stage(second)).reason()).contains("900 seconds");
  }

  @Test
  void fault30_aFirstReleaseGoesLiveWithoutCanary() {
    Upload first = world.release("hello.crate", "v1");

    assertThat(world.stages(first))
        .containsExactly("received", "building", "built", "candidate", "candidate", "live");
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void fault30_aFirstReleaseThatFailsSaysThatThereIsNothingToGoBackTo() {
    world.measures.smoke = uri -> new SmokeResult.Failed("GET / answered 500");

    Upload first = world.release("hello.crate", "v1");

    assertThat(((Stage.Failed) world.stage(first)).reason())
        .endsWith("GET / answered 500 (a first release: nothing to go back to)");
  }

  @Test
  void fault30_whatACrateSaidLastIsKeptApartFromWhatSlipwaySays() {
    world.measures.smoke = uri -> new SmokeResult.Failed("GET / answered 500: sorry\nno database");

    Upload first = world.release("hello.crate", "v1");

    assertThat(((Stage.Failed) world.stage(first)).reason())
        .endsWith("no database\n(a first release: nothing to go back to)");
  }

  @Test
  void fault25_trafficGivenByHandToWhatCannotServeIsAHoldAndNoFirstRelease() {
    world.release("hello.crate", "v1");
    world.services.readiness =
        r -> r.equals("hello-by-hand") ? new Readiness.Broken("unwell") : new Readiness.Ready();
    world.services.pin("hello", "hello-by-hand");

    Upload second = world.canary("hello.crate", "v2");

    assertThat(world.stage(second))
        .isInstanceOfSatisfying(
            Stage.Held.class,
            held -> assertThat(held.reason()).contains("100% hello-by-hand"));
  }
}
