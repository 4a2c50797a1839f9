package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.PolicyDocument;
import dev.slipway.release.BuildState;
import dev.slipway.release.Command;
import dev.slipway.release.Policy;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where each release has its turn, its build has, too. */
final class BuildQueueTest {

  private final World world = World.calm(Policy.Contest.QUEUE);

  private Upload upload(World to, String content) {
    Upload upload = to.put("hello.crate", content);
    to.deliver(upload);
    return upload;
  }

  @Test
  void aNewerUploadsBuildWaitsForTheOneBeforeAndSaysSo() {
    Upload first = upload(world, "v1");
    Upload second = upload(world, "v2");
    Upload third = upload(world, "v3");

    assertThat(world.builds.all).hasSize(1);
    assertThat(world.stage(second)).isEqualTo(new Stage.BuildQueued(World.id(first)));
    assertThat(world.stage(second).why())
        .contains("its build waits for that of " + World.id(first));
    assertThat(world.stage(third)).isEqualTo(new Stage.BuildQueued(World.id(second)));

    world.builds.finish();
    world.buildMessage(first);
    world.tick();

    assertThat(world.stage(second)).isInstanceOf(Stage.Building.class);
    assertThat(world.stage(third)).isInstanceOf(Stage.BuildQueued.class);
    world.settle();
    assertThat(world.stage(third)).isInstanceOf(Stage.Live.class);
    assertThat(world.service().builds()).isEmpty();
    assertThat(world.builds.all).hasSize(3);
  }

  @Test
  void whereTheNewestTakesOverNothingWaits() {
    World newest = World.calm(Policy.Contest.SUPERSEDE);

    Upload first = upload(newest, "v1");
    Upload second = upload(newest, "v2");

    assertThat(newest.stage(second)).isInstanceOf(Stage.Building.class);
    newest.settle();
    assertThat(newest.stage(first)).isEqualTo(new Stage.Superseded(World.id(second)));
  }

  @Test
  void theTurnPassesOnWhateverBecameOfTheBuildBefore() {
    world.builds.outcome =
        id ->
            world.builds.all.size() == 1
                ? new BuildState.Broken("cargo failed", "error")
                : new BuildState.Succeeded("sha256:" + id, Optional.empty());
    Upload broken = upload(world, "v1");
    Upload cancelled = upload(world, "v2");
    Upload third = upload(world, "v3");
    world.command(Command.Kind.CANCEL, cancelled);
    world.tick();
    assertThat(world.stage(third)).isEqualTo(new Stage.BuildQueued(World.id(broken)));

    world.settle();

    assertThat(world.stage(broken)).isInstanceOf(Stage.BuildFailed.class);
    assertThat(world.stage(cancelled)).isInstanceOf(Stage.Cancelled.class);
    assertThat(world.stage(third)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aBuildTheBuilderLostKeepsItsTurn() {
    world.builds.outcome = id -> new BuildState.Lost("EXPIRED");
    Upload first = upload(world, "v1");
    Upload second = upload(world, "v2");

    world.builds.finish();
    world.tick();

    assertThat(world.stages(first)).contains("build-lost").endsWith("building");
    assertThat(world.stage(second)).isInstanceOf(Stage.BuildQueued.class);
  }

  @Test
  void anotherTryStandsAtTheEndOfTheLine() {
    world.builds.outcome = id -> new BuildState.Lost("EXPIRED");
    Upload first = world.release("hello.crate", "v1");
    assertThat(world.stage(first)).isInstanceOf(Stage.BuildFailed.class);
    world.command(Command.Kind.RETRY, first);
    ReleaseId again = world.release(first).journey().retriedAs().orElseThrow();

    Upload second = upload(world, "v2");

    assertThat(world.service().builds()).containsExactly(again, World.id(second));
    assertThat(world.stage(second)).isEqualTo(new Stage.BuildQueued(again));
  }

  @Test
  void theRolloutHasItsTurnBesides() {
    world.release("hello.crate", "v1");
    Upload second = world.canary("hello.crate", "v2");

    Upload third = world.canary("hello.crate", "v3");

    assertThat(world.stages(third)).startsWith("received", "building", "built");
    assertThat(world.stage(third)).isEqualTo(new Stage.Queued(World.id(second)));
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_theTurnIsPassedOnWhereverItIsBroken(Faults.Mode mode) {
    Policy policy = PolicyDocument.read("contest: queue");
    for (int victim = 0; ; victim++) {
      Faults faults = Faults.at(victim, mode);
      World broken = new World(faults, policy);
      Upload first = upload(broken, "v1");
      Upload second = upload(broken, "v2");
      broken.settle();
      broken.pass(Duration.ofMinutes(1));
      broken.settle();

      assertThat(broken.stage(second)).as("effect " + victim).isInstanceOf(Stage.Live.class);
      assertThat(broken.stage(first)).isEqualTo(new Stage.Replaced(World.id(second)));
      assertThat(broken.service().builds()).isEmpty();
      broken.checkInvariants();
      if (!faults.struck()) {
        return;
      }
    }
  }
}
