package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Actions;
import dev.slipway.release.BuildState;
import dev.slipway.release.Change;
import dev.slipway.release.Command;
import dev.slipway.release.Command.Kind;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people ask for on the way: haste, consent, holds, another try. */
final class CommandsTest {

  private static final String APPROVAL =
      "approval: {approvers: [Ana, ben], quorum: 2, timeout: 4h}";
  private static final String FROZEN = "freeze: [{name: new year, lastDay: 2026-01-01}]";

  private final World world = World.calm();

  private static String revision(Upload upload) {
    return World.id(upload).revision();
  }

  private Command.Outcome outcome(Kind kind, Upload upload) {
    return new Command(kind, World.id(upload), "alice", "because")
        .outcome(world.release(upload), world.service());
  }

  @Test
  void aSkippedHoldTakesTheNextStepAtOnceAndOnlyThatOne() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    world.command(Kind.SKIP, second);
    world.tick();

    assertThat(world.stage(second)).isInstanceOfSatisfying(
        Stage.Canary.class, canary -> assertThat(canary.percent()).isEqualTo(50));
  }

  @Test
  void aPromotionGivesAllTheTrafficAtOnceFromACanaryAndFromAPause() {
    for (boolean paused : new boolean[] {false, true}) {
      World world = World.calm();
      world.release("hello.crate", "v1");
      Upload second = world.canary("hello.crate", "v2");
      if (paused) {
        world.command(Kind.PAUSE, second);
      }

      world.command(Kind.PROMOTE, second);

      assertThat(world.stage(second)).isInstanceOf(Stage.Watching.class);
      assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(second), 100));
    }
  }

  @Test
  void aReleaseIsWatchedForItsWindowAndThenLive() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    world.command(Kind.PROMOTE, second);

    world.pass(Policy.DEFAULT.pace().watch().minusSeconds(1));
    world.tick();
    assertThat(world.stage(second)).isInstanceOf(Stage.Watching.class);

    world.pass(Duration.ofSeconds(1));
    world.tick();
    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aNewerUploadMayBeginDuringTheWatchUnlessEachHasItsTurn() {
    for (Policy.Contest contest : Policy.Contest.values()) {
      World world = World.calm(contest);
      world.release("hello.crate", "v1");
      Upload second = world.canary("hello.crate", "v2");
      world.command(Kind.PROMOTE, second);

      Upload third = world.canary("hello.crate", "v3");

      assertThat(world.stage(third))
          .isInstanceOf(
              contest == Policy.Contest.QUEUE ? Stage.Queued.class : Stage.Canary.class);
      world.settle();
      assertThat(world.stage(third)).isInstanceOf(Stage.Live.class);
      assertThat(world.stage(second)).isEqualTo(new Stage.Replaced(World.id(third)));
    }
  }

  @Test
  void aRolloutWaitsForAQuorumOfNamedPeople() {
    World world = World.calm(APPROVAL);
    Upload first = world.canary("hello.crate", "v1");
    ReleaseId id = World.id(first);
    assertThat(world.stage(first)).isInstanceOf(Stage.AwaitingApproval.class);

    world.command(Kind.APPROVE, id, "mallory", "let it in");
    world.command(Kind.APPROVE, id, "ana", "looks good");
    world.command(Kind.APPROVE, id, "ANA", "twice");
    assertThat(world.stage(first)).isInstanceOf(Stage.AwaitingApproval.class);
    assertThat(world.release(first).journey().approvals())
        .extracting(Object::toString)
        .containsExactly("ana: looks good");
    assertThat(world.services.history).isEmpty();

    world.command(Kind.APPROVE, id, "ben", "");
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aReleaseNobodyApprovesInTimeIsCancelledAndSaysWhoDid() {
    World world = World.calm(APPROVAL);
    Upload first = world.canary("hello.crate", "v1");
    world.command(Kind.APPROVE, World.id(first), "ben", "fine");

    world.pass(Duration.ofHours(4));
    world.tick();

    assertThat(world.stage(first))
        .isEqualTo(
            new Stage.Cancelled("it was not approved in time: 1 of 2 approvals (ben)"));
  }

  @Test
  void anApproverMayReject() {
    World world = World.calm(APPROVAL);
    Upload first = world.canary("hello.crate", "v1");

    world.command(Kind.REJECT, World.id(first), "mallory", "no");
    assertThat(world.stage(first)).isInstanceOf(Stage.AwaitingApproval.class);
    world.command(Kind.REJECT, World.id(first), "ben", "not today");

    assertThat(world.stage(first)).isEqualTo(new Stage.Cancelled("rejected: not today (ben)"));
  }

  @Test
  void noRolloutBeginsInAFreezeAndTheTickBeginsItAfterwards() {
    World world = World.calm(FROZEN);
    Upload first = world.canary("hello.crate", "v1");

    assertThat(world.stage(first))
        .isInstanceOfSatisfying(
            Stage.Held.class,
            held ->
                assertThat(held.reason()).contains("'new year'").contains("2026-01-02T00:00:00Z"));
    int entries = world.ledger.entries.size();
    world.tick();
    assertThat(world.ledger.entries).as("said once").hasSize(entries);

    world.pass(Duration.ofDays(1));
    world.tick();
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void theGlassIsBrokenWithAReasonThatStandsInTheAuditTrail() {
    World world = World.calm(FROZEN);
    Upload first = world.canary("hello.crate", "v1");

    world.command(Kind.OVERRIDE, World.id(first), "ana", " ");
    assertThat(world.stage(first)).isInstanceOf(Stage.Held.class);
    world.command(Kind.OVERRIDE, World.id(first), "ana", "the shop is down");

    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertThat(world.ledger.entries)
        .extracting(Change.Entry::event)
        .contains(new ReleaseEvent.Overridden("ana", "the shop is down"));
  }

  @Test
  void aManualRollbackHoldsTheServiceUntilSomebodyLiftsIt() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.command(Kind.ROLLBACK, second);
    assertThat(world.service().hold().orElseThrow().by()).isEqualTo("alice");

    Upload third = world.canary("hello.crate", "v3");
    assertThat(world.stage(third))
        .isInstanceOfSatisfying(
            Stage.Held.class,
            held ->
                assertThat(held.reason())
                    .contains("UNHOLD")
                    .contains("alice: rolled " + World.id(second) + " back"));

    world.command(Kind.UNHOLD, first);
    world.settle();
    assertThat(world.stage(third)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aRollbackFromACanaryHoldsNothing() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    world.command(Kind.ROLLBACK, second);

    assertThat(world.service().hold()).isEmpty();
  }

  @Test
  void aHoldPlacedByAPersonLetsTheRolloutUnderWayFinish() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    world.command(Kind.HOLD, second);
    world.settle();
    Upload third = world.canary("hello.crate", "v3");

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.stage(third)).isInstanceOf(Stage.Held.class);
  }

  @Test
  void anotherTryIsAReleaseOfItsOwnAndBuildsNothingAgain() {
    world.release("hello.crate", "v1");
    world.measures.smoke = uri -> new SmokeResult.Failed("GET / answered 500");
    Upload second = world.release("hello.crate", "v2");
    world.measures.smoke = uri -> new SmokeResult.Passed(3, Duration.ofMillis(1));
    int builds = world.builds.all.size();

    world.command(Kind.RETRY, second);
    world.command(Kind.RETRY, second);
    world.settle();

    ReleaseId again = world.release(second).journey().retriedAs().orElseThrow();
    Release retry = world.ledger.view(again).release().orElseThrow();
    assertThat(retry.stage()).isInstanceOf(Stage.Live.class);
    assertThat(retry.journey().retryOf()).contains(World.id(second));
    assertThat(retry.journey().attempt()).isEqualTo(2);
    assertThat(retry.upload()).isEqualTo(second);
    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.builds.all).hasSize(builds);
    assertThat(world.ledger.releases).hasSize(3);
    world.checkInvariants();
  }

  @Test
  void anotherTryOfALostBuildBuildsAnew() {
    world.builds.outcome = id -> new BuildState.Lost("INTERNAL_ERROR");
    Upload first = world.release("hello.crate", "v1");
    world.builds.outcome =
        id -> new BuildState.Succeeded("sha256:" + id.key(), java.util.Optional.empty());

    world.command(Kind.RETRY, first);
    world.settle();

    ReleaseId again = world.release(first).journey().retriedAs().orElseThrow();
    assertThat(world.ledger.view(again).release().orElseThrow().stage())
        .isInstanceOf(Stage.Live.class);
  }

  @Test
  void aCrateThatDoesNotBuildAndAnOvertakenReleaseAreNotTriedAgain() {
    world.builds.outcome = id -> new BuildState.Broken("cargo failed", "error[E0308]");
    Upload broken = world.release("hello.crate", "v1");
    assertThat(outcome(Kind.RETRY, broken))
        .isEqualTo(
            new Command.Outcome.Refuse(
                "the crate itself does not build: mend it and upload it"));

    world.builds.outcome = id -> new BuildState.Lost("EXPIRED");
    Upload lost = world.release("hello.crate", "v2");
    world.release("hello.crate", "v3");
    assertThat(outcome(Kind.RETRY, lost))
        .isInstanceOfSatisfying(
            Command.Outcome.Refuse.class, r -> assertThat(r.reason()).contains("newer upload"));
  }

  @Test
  void whatCanBeAskedIsWhatIsObeyed() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    assertThat(Actions.of(world.release(first), world.service())).containsOnly(Kind.HOLD);
    assertThat(Actions.of(world.release(second), world.service()))
        .containsOnly(
            Kind.ROLLBACK, Kind.PAUSE, Kind.CANCEL, Kind.SKIP, Kind.PROMOTE, Kind.HOLD);
    for (Kind kind : List.of(Kind.RESUME, Kind.RETRY, Kind.OVERRIDE, Kind.UNHOLD, Kind.APPROVE)) {
      assertThat(outcome(kind, second)).as(kind.name()).isInstanceOf(Command.Outcome.Refuse.class);
    }
  }

  @Test
  void aRefusedCommandIsNoEvent() {
    Upload first = world.release("hello.crate", "v1");
    int entries = world.ledger.entries.size();

    for (Kind kind : List.of(Kind.ROLLBACK, Kind.PROMOTE, Kind.SKIP, Kind.RETRY, Kind.APPROVE)) {
      world.command(kind, first);
    }

    assertThat(world.ledger.entries).hasSize(entries);
  }

  @Test
  void aStartMuchSlowerThanTheLiveReleasesIsRolledBack() {
    World world = World.calm("smoke: {firstAnswerAgainstStable: 100}");
    world.measures.smoke = uri -> new SmokeResult.Passed(3, Duration.ofMillis(200));
    world.release("hello.crate", "v1");
    world.measures.smoke = uri -> new SmokeResult.Passed(3, Duration.ofMillis(401));

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stage(second))
        .isInstanceOfSatisfying(
            Stage.RolledBack.class,
            s ->
                assertThat(s.reason())
                    .isEqualTo(
                        "smoke test: its first answer took 401 ms, the live release's 200 ms;"
                            + " the policy allows 100 % more"));
  }
}
