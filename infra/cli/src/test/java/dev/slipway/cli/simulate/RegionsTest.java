package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Command;
import dev.slipway.release.Histogram;
import dev.slipway.release.Policy;
import dev.slipway.release.Regions;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Stage;
import dev.slipway.release.Tally;
import dev.slipway.release.Upload;
import dev.slipway.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A service in two regions and more, one after another. */
final class RegionsTest {

  private static final String FIRST = "europe-west1";
  private static final String SECOND = "us-central1";
  private static final String THIRD = "asia-east1";

  private final World world =
      World.calm("{regions: [%s, %s, %s]}".formatted(FIRST, SECOND, THIRD));

  @Test
  void aFirstReleaseComesToEveryRegion() {
    Upload first = world.release("hello.crate", "v1");

    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertServes(first, FIRST, SECOND, THIRD);
    assertThat(regions(first).names()).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void eachRegionWalksItsStepsBeforeTheNextBegins() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    assertShares(FIRST, second, 10);
    assertServes(first, SECOND, THIRD);
    hold(2);
    assertServes(second, FIRST);
    assertShares(SECOND, second, 10);
    assertServes(first, THIRD);
    assertThat(world.service().live()).contains(World.id(first));
    hold(2);
    assertServes(second, FIRST, SECOND);
    assertShares(THIRD, second, 10);
    hold(2);

    assertServes(second, FIRST, SECOND, THIRD);
    assertThat(world.stage(second)).isInstanceOf(Stage.Watching.class);
    world.settle();
    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
    assertThat(world.stage(first)).isInstanceOf(Stage.Replaced.class);
    world.checkInvariants();
  }

  @Test
  void aFailureInALaterRegionTakesAllBeforeItBackInReverse() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(4);
    assertShares(THIRD, second, 10);

    world.in(THIRD).services().readiness = broken(second);
    world.tick();

    assertThat(world.stage(second))
        .isEqualTo(new Stage.RolledBack(THIRD + ": exit 101", revision(first)));
    assertServes(first, FIRST, SECOND, THIRD);
    assertThat(restored(second)).containsExactly(THIRD, SECOND);
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    world.checkInvariants();
  }

  @Test
  void aFirstReleaseThatFailsInItsSecondRegionHasNothingToGoBackTo() {
    world.in(SECOND).services().readiness = revision -> new Readiness.Broken("no quota");

    Upload first = world.release("hello.crate", "v1");

    assertThat(world.stage(first))
        .isInstanceOfSatisfying(
            Stage.Failed.class,
            failed -> assertThat(failed.reason()).contains("no quota", "nothing to go back to"));
  }

  @Test
  void aLiveReleaseIsRolledBackInEveryRegionTheLastFirst() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    assertServes(second, FIRST, SECOND, THIRD);

    world.command(Command.Kind.ROLLBACK, second);

    assertServes(first, FIRST, SECOND, THIRD);
    assertThat(restored(second)).containsExactly(THIRD, SECOND);
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertThat(regions(first).names()).containsExactly(FIRST, SECOND, THIRD);
    Upload third = world.release("hello.crate", "v3");
    assertThat(world.stage(third)).isInstanceOf(Stage.Held.class);
  }

  @Test
  void aNewerUploadWaitsForOneThatHasARegionBehindIt() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(2);

    Upload third = world.canary("hello.crate", "v3");
    assertThat(world.stage(third)).isEqualTo(new Stage.Queued(World.id(second)));

    world.settle();
    assertThat(world.stage(second)).isInstanceOf(Stage.Replaced.class);
    assertThat(world.stage(third)).isInstanceOf(Stage.Live.class);
    assertServes(third, FIRST, SECOND, THIRD);
  }

  @Test
  void allTheTrafficAtOnceIsMeantForEveryRegion() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    world.command(Command.Kind.PROMOTE, second);

    assertServes(second, FIRST, SECOND, THIRD);
    assertThat(world.stage(second)).isInstanceOf(Stage.Watching.class);
  }

  @Test
  void whatBreaksInAnEarlierRegionWhileItIsWatchedTakesAllBack() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    world.command(Command.Kind.PROMOTE, second);

    world.in(SECOND).services().readiness = broken(second);
    world.tick();

    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertServes(first, FIRST, SECOND, THIRD);
  }

  @Test
  void aVerdictOnAnEarlierRegionTakesAllBackWhileALaterOneIsWalked() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(4);
    assertShares(THIRD, second, 10);

    world.in(FIRST).measures().answers = failing(second);
    hold(1);

    assertThat(world.stage(second))
        .isInstanceOfSatisfying(
            Stage.RolledBack.class,
            back -> assertThat(back.reason()).startsWith(FIRST + ": at 100%: unhealthy: "));
    assertServes(first, FIRST, SECOND, THIRD);
    assertThat(restored(second)).containsExactly(THIRD, SECOND);
    assertThat(world.release(second).verdicts().getLast())
        .as("the verdict is the one on the earlier region")
        .isEqualTo(rollback(second).verdict().orElseThrow())
        .satisfies(v -> assertThat(v.outcome()).isEqualTo(Verdict.Outcome.UNHEALTHY));
    world.checkInvariants();
  }

  @Test
  void anEarlierRegionIsJudgedFromWhenItHadAllTheTraffic() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(2);
    Instant served = world.now();
    hold(1);

    world.in(FIRST).measures().answers = failing(second);
    hold(1);

    assertThat(rollback(second).verdict().orElseThrow().since()).isEqualTo(served);
  }

  @Test
  void whatBreaksInAnEarlierRegionTakesAllBackWhileTheNextIsPaused() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(2);
    world.command(Command.Kind.PAUSE, second);

    world.in(FIRST).services().readiness = broken(second);
    world.tick();

    assertThat(world.stage(second))
        .isEqualTo(new Stage.RolledBack(FIRST + ": exit 101", revision(first)));
    assertServes(first, FIRST, SECOND, THIRD);
  }

  @Test
  void whoWantsAllTheTrafficAtOnceDoesNotWantItAgainstAnEarlierRegionsVerdict() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(2);
    world.in(FIRST).measures().answers = failing(second);
    world.pass(Policy.DEFAULT.pace().hold());

    world.command(Command.Kind.PROMOTE, second);

    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertServes(first, FIRST, SECOND, THIRD);
  }

  @Test
  void anEarlierRegionThatCannotBeMeasuredDoesNotHoldTheWalk() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(2);

    world.in(FIRST).measures().unreadable = Optional.of("Monitoring is down");
    hold(2);

    assertServes(second, FIRST, SECOND);
    assertShares(THIRD, second, 10);
  }

  @Test
  void aFirstReleaseIsNotTakenBackWhereNothingServedBefore() {
    world.in(FIRST).measures().answers =
        (revision, from, to) -> new Tally(500, 500, Histogram.EMPTY);

    Upload first = world.release("hello.crate", "v1");

    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertServes(first, FIRST, SECOND, THIRD);
  }

  @Test
  void aPauseHoldsTheRolloutInItsRegion() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    hold(2);

    world.command(Command.Kind.PAUSE, second);
    world.pass(Duration.ofHours(1));
    world.tick();
    assertShares(SECOND, second, 10);
    world.command(Command.Kind.CANCEL, second);

    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertServes(first, FIRST, SECOND, THIRD);
  }

  @Test
  void aLiveReleaseIsRolledBackAlsoWhereOnlyTheCancelledRolloutHasBeen() {
    World world = World.calm("{watch: 0s}");
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.rule("{watch: 0s, regions: [%s, %s, %s]}".formatted(FIRST, SECOND, THIRD));
    world.in(THIRD).services().readiness = revision -> new Readiness.Starting();
    Upload third = world.canary("hello.crate", "v3");
    hold(world, 2);
    assertThat(world.in(SECOND).services().split("hello")).isEqualTo(Map.of(revision(third), 100));

    world.command(Command.Kind.ROLLBACK, second);
    world.settle();

    assertThat(world.stage(third)).isInstanceOf(Stage.Cancelled.class);
    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.in(FIRST).services().split("hello")).isEqualTo(Map.of(revision(first), 100));
    assertThat(world.in(SECOND).services().split("hello")).isEqualTo(Map.of(revision(first), 100));
    assertThat(((Stage.Live) world.stage(first)).rollout().regions().names())
        .as("the ledger says so, and of the third that nothing was brought there in time")
        .containsExactly(FIRST, SECOND);
    world.checkInvariants();
    world.in(THIRD).services().readiness = revision -> new Readiness.Ready();
    world.command(Command.Kind.UNHOLD, first);
    Upload fourth = world.release("hello.crate", "v4");
    assertThat(world.stage(fourth)).isInstanceOf(Stage.Live.class);
    assertThat(world.in(SECOND).services().split("hello")).isEqualTo(Map.of(revision(fourth), 100));
  }

  @Test
  void whatServedWhereOnlyTheCancelledRolloutHasBeenServesThereAgain() {
    World world = World.calm("{watch: 0s, regions: [%s, %s]}".formatted(FIRST, SECOND));
    Upload before = world.release("hello.crate", "v0");
    world.rule("{watch: 0s}");
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.rule("{watch: 0s, regions: [%s, %s]}".formatted(FIRST, SECOND));
    Upload third = world.canary("hello.crate", "v3");
    hold(world, 2);
    assertThat(world.in(SECOND).services().split("hello"))
        .isEqualTo(Map.of(revision(before), 90, revision(third), 10));

    world.command(Command.Kind.ROLLBACK, second);
    world.settle();

    assertThat(world.in(FIRST).services().split("hello")).isEqualTo(Map.of(revision(first), 100));
    assertThat(world.in(SECOND).services().split("hello")).isEqualTo(Map.of(revision(before), 100));
    assertThat(((Stage.Live) world.stage(first)).rollout().regions().names())
        .as("it is not live there")
        .doesNotContain(SECOND);
    world.checkInvariants();
  }

  @Test
  void aRollbackThatCannotBeMadeWhereOnlyTheCancelledRolloutHasBeenIsMadeInTheOthers() {
    World world = World.calm("{watch: 0s}");
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.rule("{watch: 0s, regions: [%s, %s, %s]}".formatted(FIRST, SECOND, THIRD));
    world.in(THIRD).services().readiness = revision -> new Readiness.Starting();
    Upload third = world.canary("hello.crate", "v3");
    hold(world, 2);
    world.in(SECOND).services().readiness = broken(first);

    world.command(Command.Kind.ROLLBACK, second);
    world.settle();

    assertThat(world.in(FIRST).services().split("hello")).isEqualTo(Map.of(revision(first), 100));
    assertThat(world.in(SECOND).services().split("hello")).isEqualTo(Map.of(revision(third), 100));
    assertThat(((Stage.RolledBack) world.stage(second)).reason())
        .contains(SECOND + " stays as it is");
    assertThat(((Stage.Live) world.stage(first)).rollout().regions().names())
        .doesNotContain(SECOND);
  }

  private static void hold(World world, int steps) {
    for (int i = 0; i < steps; i++) {
      world.pass(Policy.DEFAULT.pace().hold());
      world.tick();
    }
  }

  private Function<String, Readiness> broken(Upload upload) {
    return r -> r.equals(revision(upload)) ? new Readiness.Broken("exit 101") : new Readiness.Ready();
  }

  private static SimulatedMeasures.Answers failing(Upload upload) {
    return (revision, from, to) ->
        new Tally(500, revision.equals(revision(upload)) ? 250 : 0, Histogram.EMPTY);
  }

  /** So many steps' holds go by. */
  private void hold(int steps) {
    hold(world, steps);
  }

  private void assertServes(Upload upload, String... regions) {
    for (String region : regions) {
      assertThat(world.in(region).services().split("hello"))
          .as(region)
          .isEqualTo(Map.of(revision(upload), 100));
    }
  }

  private void assertShares(String region, Upload upload, int percent) {
    assertThat(world.in(region).services().split("hello"))
        .as(region)
        .containsEntry(revision(upload), percent);
  }

  private List<String> restored(Upload upload) {
    ReleaseId id = World.id(upload);
    return world.ledger.entries.stream()
        .filter(entry -> entry.release().equals(id))
        .map(entry -> entry.event())
        .filter(ReleaseEvent.RegionRestored.class::isInstance)
        .map(event -> ((ReleaseEvent.RegionRestored) event).region())
        .toList();
  }

  private ReleaseEvent.RollbackStarted rollback(Upload upload) {
    return world.ledger.entries.stream()
        .filter(entry -> entry.release().equals(World.id(upload)))
        .map(entry -> entry.event())
        .filter(ReleaseEvent.RollbackStarted.class::isInstance)
        .map(ReleaseEvent.RollbackStarted.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private Regions regions(Upload upload) {
    return ((Stage.Live) world.stage(upload)).rollout().regions();
  }

  private static String revision(Upload upload) {
    return World.id(upload).revision();
  }
}
