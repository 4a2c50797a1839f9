package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Budget;
import dev.slipway.release.BuildState;
import dev.slipway.release.BuildTiming;
import dev.slipway.release.Change;
import dev.slipway.release.Changes;
import dev.slipway.release.Command;
import dev.slipway.release.Contents;
import dev.slipway.release.Finding;
import dev.slipway.release.JobState;
import dev.slipway.release.Policy;
import dev.slipway.release.Reaction;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PipelineTest {

  private final World world = World.calm();

  private static String revision(Upload upload) {
    return World.id(upload).revision();
  }

  @Test
  void aSecondReleaseGoesThroughEveryStepAndReplacesTheFirst() {
    Upload first = world.release("hello.crate", "v1");

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stages(second))
        .containsExactly(
            "received",
            "building",
            "built",
            "candidate",
            "candidate",
            "canary",
            "canary",
            "watching",
            "live");
    assertThat(world.services.history)
        .endsWith(
            revision(first) + "=100",
            sorted(revision(first) + "=90", revision(second) + "=10"),
            sorted(revision(first) + "=50", revision(second) + "=50"),
            revision(second) + "=100");
    assertThat(world.stage(first)).isEqualTo(new Stage.Replaced(World.id(second)));
  }

  private static String sorted(String a, String b) {
    return a.compareTo(b) < 0 ? a + " " + b : b + " " + a;
  }

  @Test
  void aStepLastsItsHold() {
    world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    world.builds.finish();
    world.buildMessage(second);

    world.pass(Policy.DEFAULT.pace().hold().minusSeconds(1));
    world.tick();
    assertThat(((Stage.Canary) world.stage(second)).percent()).isEqualTo(10);

    world.pass(Duration.ofSeconds(1));
    world.tick();
    assertThat(((Stage.Canary) world.stage(second)).percent()).isEqualTo(50);
  }

  @Test
  void aFailedSmokeTestNeverGetsTraffic() {
    Upload first = world.release("hello.crate", "v1");
    world.measures.smoke = uri -> new SmokeResult.Failed("GET /health answered 500");

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stage(second))
        .isEqualTo(new Stage.RolledBack("smoke test: GET /health answered 500", revision(first)));
    assertThat(world.services.history).noneMatch(split -> split.contains(revision(second)));
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aReleaseAfterAFailedFirstOneCanStillGoLive() {
    world.measures.smoke = uri -> new SmokeResult.Failed("GET / answered 500");
    world.release("hello.crate", "v1");
    world.measures.smoke = uri -> new SmokeResult.Passed(3, Duration.ofMillis(1));

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aBrokenCrateEndsWithTheCompilersWords() {
    world.builds.outcome = id -> new BuildState.Broken("cargo failed", "error[E0308]: mismatched");

    Upload broken = world.release("hello.crate", "v1");

    assertThat(world.stage(broken))
        .isEqualTo(new Stage.BuildFailed("cargo failed", "error[E0308]: mismatched"));
    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void fault01_theSameEventManyTimesIsOneReleaseAndOneBuild() {
    Upload upload = world.put("hello.crate", "v1");

    for (int i = 0; i < 5; i++) {
      world.deliver(upload);
    }

    assertThat(world.builds.all).hasSize(1);
    assertThat(world.ledger.releases).hasSize(1);
  }

  @Test
  void fault02_theSameBuildMessageManyTimesIsOneDeployment() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    world.builds.finish();

    for (int i = 0; i < 5; i++) {
      world.buildMessage(upload);
    }

    assertThat(world.services.history).hasSize(1);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void contentThatIsLiveAlreadyIsNotBuiltAgain() {
    Upload first = world.release("hello.crate", "v1");

    Upload again = world.release("hello-again.crate", "v1");

    assertThat(world.stage(again)).isEqualTo(new Stage.Unchanged(World.id(first)));
    assertThat(world.builds.all).hasSize(1);
  }

  @Test
  void anImageThatIsLiveAlreadyIsNotRolledOut() {
    world.builds.outcome = id -> new BuildState.Succeeded("sha256:same", Optional.empty());
    Upload first = world.release("hello.crate", "v1");

    Upload second = world.release("hello.crate", "v1 with another comment");

    assertThat(world.stage(second)).isEqualTo(new Stage.Unchanged(World.id(first)));
  }

  @Test
  void aLiveReleaseIsRolledBackToTheOneBefore() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");

    world.command(Command.Kind.ROLLBACK, second);

    assertThat(world.stage(second))
        .isEqualTo(new Stage.RolledBack("because (alice)", revision(first)));
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision(first), 100));
  }

  @Test
  void aRollbackAskedTwiceIsOne() {
    world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");

    world.command(Command.Kind.ROLLBACK, second);
    int changes = world.services.history.size();
    world.command(Command.Kind.ROLLBACK, second);

    assertThat(world.services.history).hasSize(changes);
  }

  @Test
  void aPausedRolloutStaysAndGoesOnWhenResumed() {
    world.release("hello.crate", "v1");
    Upload second = world.put("hello.crate", "v2");
    world.deliver(second);
    world.builds.finish();
    world.buildMessage(second);

    world.command(Command.Kind.PAUSE, second);
    world.pass(Duration.ofHours(3));
    world.tick();
    assertThat(world.stage(second)).isInstanceOf(Stage.Paused.class);

    world.command(Command.Kind.RESUME, second);
    world.settle();
    assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aPromotionThatComesTwiceIsOneRelease() {
    Upload upload = world.promoted("v1");

    world.deliver(upload);
    world.deliver(upload);
    world.settle();

    assertThat(world.ledger.releases).hasSize(1);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.builds.all).isEmpty();
  }

  @Test
  void aPromotionOfWhatStagingDoesNotHaveIsRejected() {
    Upload upload = world.put("x.promotion.json", "hello-0123456789ab");

    world.deliver(upload);

    assertThat(world.stage(upload)).isInstanceOf(Stage.Rejected.class);
  }

  @Test
  void aRolloutPausedForAWeekGoesBack() {
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    world.command(Command.Kind.PAUSE, second);

    world.pass(Duration.ofDays(7));
    world.tick();
    assertThat(world.stage(second)).isInstanceOf(Stage.Paused.class);

    world.pass(Duration.ofMinutes(1));
    world.tick();
    assertThat(world.stage(second))
        .isInstanceOfSatisfying(
            Stage.RolledBack.class,
            back -> assertThat(back.reason()).startsWith("paused for 7 days, and nobody"));
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aPauseThatEndsLeavesPeoplesTrafficAlone() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");
    String revision = World.id(second).revision();
    world.command(Command.Kind.PAUSE, second);
    world.services.pin("hello", revision);

    world.pass(Duration.ofDays(8));
    world.tick();

    assertThat(world.stage(second)).isInstanceOf(Stage.Cancelled.class);
    assertThat(world.services.split("hello")).isEqualTo(Map.of(revision, 100));
  }

  @Test
  void everyEventReachesTheOutboxOnce() {
    world.release("hello.crate", "v1");
    world.release("hello.crate", "v2");

    assertThat(world.ledger.published)
        .containsExactlyElementsOf(
            world.ledger.entries.stream().map(Change.Entry::after).toList());
  }

  @Test
  void theLedgerKeepsWhatChangedSinceTheReleaseThatServed() {
    World world = World.calm();
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");

    assertThat(world.release(first).contents().orElseThrow().changes()).isEmpty();
    Contents contents = world.release(second).contents().orElseThrow();
    Changes changes = contents.changes().orElseThrow();
    assertThat(changes.since()).isEqualTo(World.id(first));
    assertThat(changes.lines()).containsExactly("dep v1 -> v2");
    assertThat(contents.growth().orElseThrow().bytes()).isZero();
    assertThat(contents.sbom()).isPresent();
    assertThat(contents.gaps()).isEmpty();
  }

  @Test
  void aLockThatCannotBeReadIsAGapAndHoldsNothingUp() {
    World world = World.calm();
    world.bucket.lockReads =
        () -> {
          throw new IllegalStateException("403");
        };

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(upload).contents().orElseThrow().gaps())
        .extracting(Finding::toString)
        .containsExactly("it could not be had: 403");
  }

  @Test
  void aRegistryThatKnowsAnotherSizeIsAGapAndHoldsNothingUp() {
    World world = World.calm();
    world.images.statedBytes = () -> 20_000_000;

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(upload).contents().orElseThrow().gaps())
        .extracting(Finding::toString)
        .containsExactly(
            "the image's layers add up to 1,000 bytes, but Artifact Registry says 20,000,000;"
                + " the ledger has the former");
  }

  @Test
  void aRegistryThatCountsTheManifestTooIsNoGap() {
    World world = World.calm();
    world.images.statedBytes = () -> 3_000;

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.release(upload).contents().orElseThrow().gaps()).isEmpty();
  }

  @Test
  void aRegistryThatDoesNotAnswerIsAGapAndHoldsNothingUp() {
    World world = World.calm();
    world.images.statedBytes =
        () -> {
          throw new IllegalStateException("404");
        };

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(upload).contents().orElseThrow().gaps())
        .extracting(Finding::toString)
        .containsExactly("it could not be had: 404");
  }

  @Test
  void anImageOverTheBudgetIsRejectedBeforeItIsDeployed() {
    World world = World.calm("budget: {maxBytes: 999, action: block}");

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Rejected.class);
    assertThat(world.services.history).isEmpty();
  }

  @Test
  void anImageOverTheBudgetMayPassWithAWarning() {
    World world = World.calm("budget: {maxBytes: 999, action: warn}");

    Upload upload = world.release("hello.crate", "v1");

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
    assertThat(world.release(upload).warnings())
        .extracting(Finding::rule)
        .containsExactly("size-budget");
  }

  @Test
  void whatABuildTookIsInTheLedgerWhetherItSucceedsOrNot() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Optional<BuildTiming> timing =
        Optional.of(new BuildTiming(start, start.plusSeconds(90), Optional.of("e2-highcpu-8")));
    World world = World.calm();
    world.builds.outcome =
        id -> new BuildState.Succeeded("sha256:" + id.key(), Optional.empty(), timing);
    Upload good = world.release("hello.crate", "v1");
    world.builds.outcome = id -> new BuildState.Broken("cargo failed", "error", timing);
    Upload bad = world.release("hello.crate", "v2");

    assertThat(world.release(good).cost().orElseThrow().microUsd()).contains(24_000L);
    assertThat(world.release(bad).cost()).isEqualTo(world.release(good).cost());
  }

  @Test
  void oldRevisionsAreDeletedButNoneThatIsNeeded() {
    World world = World.calm("{cleanup: {keepRevisions: 1, keepFor: 1d}, watch: 0s}");
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    Upload third = world.release("hello.crate", "v3");
    world.pass(Duration.ofDays(2));

    Upload fourth = world.release("hello.crate", "v4");
    world.pass(Duration.ofMinutes(1));
    world.tick();

    assertThat(world.revisions())
        .as("what serves, what it goes back to, and nothing older")
        .containsExactlyInAnyOrder(revision(third), revision(fourth));
    assertThat(world.stage(first)).isInstanceOf(Stage.Replaced.class);
    assertThat(world.stage(second)).isInstanceOf(Stage.Replaced.class);
    world.command(Command.Kind.ROLLBACK, fourth);
    assertThat(world.stage(fourth)).isInstanceOf(Stage.RolledBack.class);
  }

  @Test
  void oldImagesGoButNoneThatServesOrMayBeNeededOrThatAPersonNamed() {
    World world = World.calm("{cleanup: {keepRevisions: 1, keepFor: 1d}, watch: 0s}");
    Upload first = world.release("hello.crate", "v1");
    Upload named = world.release("hello.crate", "v2");
    world.images.tag(world.release(named).image().orElseThrow().digest(), "keep");
    Upload live = world.release("hello.crate", "v4");
    Upload previous = world.release("hello.crate", "v5");
    world.command(Command.Kind.ROLLBACK, previous);
    world.pass(Duration.ofDays(2));
    world.builds.outcome = id -> new BuildState.Broken("cargo failed", "error", Optional.empty());

    world.release("hello.crate", "v6");
    tick(world, 3);

    assertThat(world.images.tags())
        .as("an image that serves stays, however many uploads fail after it")
        .contains(World.id(named).toString(), "keep", World.id(live).toString())
        .doesNotContain(World.id(first).toString());
  }

  @Test
  void whatIsRetriedFromAnOldImageKeepsIt() {
    World world = World.calm("{cleanup: {keepRevisions: 1, keepFor: 1d}, watch: 0s}");
    Upload first = world.release("hello.crate", "v1");
    Upload second = world.release("hello.crate", "v2");
    world.command(Command.Kind.ROLLBACK, second);
    world.command(Command.Kind.UNHOLD, second);
    world.command(Command.Kind.RETRY, second);
    world.pass(Duration.ofDays(9));
    world.release("hello.crate", "v3");
    world.release("hello.crate", "v4");
    world.pass(Duration.ofDays(9));
    world.release("hello.crate", "v5");
    tick(world, 3);

    world.ledger.releases.values().stream()
        .filter(release -> world.revisions().contains(release.id().revision()))
        .forEach(release -> assertThat(world.images.has(release.image().orElseThrow())).isTrue());
    assertThat(world.images.tags()).doesNotContain(World.id(first).toString());
  }

  @Test
  void imagesThatMayNotBeDeletedKeepNoReleaseNorRevisionsFromTheirCourse() {
    World world = World.calm("{cleanup: {keepRevisions: 1, keepFor: 1d}, watch: 0s}");
    world.images.denied = Optional.of("403");
    Upload first = world.release("hello.crate", "v1");
    world.release("hello.crate", "v2");
    world.release("hello.crate", "v3");
    world.pass(Duration.ofDays(2));
    Upload fourth = world.release("hello.crate", "v4");
    tick(world, 3);

    assertThat(world.stage(fourth)).isInstanceOf(Stage.Live.class);
    assertThat(world.revisions()).doesNotContain(revision(first));
    assertThat(world.images.tags()).contains(World.id(first).toString());
  }

  private static void tick(World world, int times) {
    for (int i = 0; i < times; i++) {
      world.pass(Duration.ofMinutes(1));
      world.tick();
    }
  }

  @Test
  void aCandidateThatWentBackLeavesNoTagBehind() {
    world.release("hello.crate", "v1");
    world.measures.smoke = uri -> new SmokeResult.Failed("GET / answered 500");
    Upload second = world.canary("hello.crate", "v2");
    assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
    assertThat(world.tagged()).contains(revision(second));

    world.pass(Duration.ofMinutes(1));
    world.tick();

    assertThat(world.tagged()).isEmpty();
  }

  @Test
  void aCratesJobRunsOnceBeforeItsCandidateIsDeployed() {
    world.bucket.job = List.of("migrate");
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    assertThat(world.jobs.ran).containsOnlyOnce(World.id(second)).hasSize(2);
    assertThat(world.stages(second)).endsWith("candidate", "candidate", "candidate", "canary");
  }

  @Test
  void aJobThatFailsEndsTheReleaseWithItsLastWordsAndWithoutTraffic() {
    Upload first = world.release("hello.crate", "v1");
    world.bucket.job = List.of("migrate");
    world.jobs.outcome = id -> new JobState.Failed("exit code 1: no such table");

    Upload second = world.release("hello.crate", "v2");

    assertThat(world.stage(second))
        .isEqualTo(
            new Stage.RolledBack("its job failed: exit code 1: no such table", revision(first)));
    assertThat(world.revisions()).containsExactly(revision(first));
  }

  @Test
  void aJobThatDoesNotEndIsGivenUp() {
    world.release("hello.crate", "v1");
    world.bucket.job = List.of("migrate");
    world.jobs.outcome = id -> new JobState.Running();

    Upload second = world.release("hello.crate", "v2");

    assertThat(((Stage.RolledBack) world.stage(second)).reason())
        .isEqualTo("its job did not end in time");
  }
}
