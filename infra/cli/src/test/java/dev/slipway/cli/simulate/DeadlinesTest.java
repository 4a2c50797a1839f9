package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.BuildState;
import dev.slipway.release.Command;
import dev.slipway.release.Policy;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whatever a release waits for, its waiting ends. */
final class DeadlinesTest {

  private static final Duration BUILD = Policy.DEFAULT.builds().buildDeadline();
  private static final Duration HELD = Policy.DEFAULT.pace().heldDeadline();

  /** A platform that takes some calls no more. */
  private static final class Broken implements Boundary {

    private final Set<String> broken = new HashSet<>();

    @Override
    public <T> T effect(String name, Supplier<T> body) {
      look(name);
      return body.get();
    }

    @Override
    public void look(String name) {
      if (broken.contains(name)) {
        throw new IllegalStateException("PERMISSION_DENIED: " + name + "\nand more");
      }
    }
  }

  private final Broken platform = new Broken();
  private final World world = new World(platform, Policy.DEFAULT);

  private void passAndTick(World of, Duration span) {
    of.pass(span);
    of.tick();
  }

  @Test
  void fault17_aReleaseNoBuildCanBeSubmittedForFailsAtTheBuildDeadlineWithTheReason() {
    platform.broken.add("submit build");
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);

    passAndTick(world, BUILD);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Received.class);
    passAndTick(world, Duration.ofSeconds(1));

    assertThat(world.stage(upload))
        .isEqualTo(
            new Stage.Failed(
                "no build could be submitted within 60 minutes: PERMISSION_DENIED: submit build"));
    assertThat(world.slack.posted).as("Slack is told").isNotEmpty();
  }

  @Test
  void soDoesOneWhoseBuildsCannotBeLookedAt() {
    platform.broken.add("list builds");
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);

    passAndTick(world, BUILD.plusSeconds(1));

    assertThat(world.stage(upload).why().orElseThrow()).endsWith("PERMISSION_DENIED: list builds");
  }

  @Test
  void aLostBuildHasAsLongForItsNextAttempt() {
    world.builds.outcome = id -> new BuildState.Lost("EXPIRED");
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    platform.broken.add("submit build");
    world.builds.finish();
    passAndTick(world, BUILD.minusSeconds(1));
    assertThat(world.stage(upload)).isInstanceOf(Stage.BuildLost.class);

    passAndTick(world, BUILD);
    assertThat(world.stage(upload)).isInstanceOf(Stage.BuildLost.class);
    passAndTick(world, Duration.ofSeconds(1));

    assertThat(world.stage(upload)).isInstanceOf(Stage.Failed.class);
  }

  @Test
  void aBuildThatCannotBeAskedForAnyMoreFailsAtItsDeadline() {
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    platform.broken.add("list builds");

    passAndTick(world, BUILD.plusSeconds(1));

    assertThat(world.stage(upload)).isInstanceOf(Stage.BuildFailed.class);
  }

  @Test
  void anOutageShorterThanTheDeadlineEndsNothing() {
    platform.broken.add("submit build");
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);
    passAndTick(world, BUILD);

    platform.broken.clear();
    world.settle();

    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void whereTheFunctionThatSubmitsIsGoneTheOtherEndsTheReleaseADayLater() {
    platform.broken.add("submit build");
    Upload upload = world.put("hello.crate", "v1");
    world.deliver(upload);

    world.pass(BUILD.plus(Duration.ofDays(1)));
    world.functions.deploying().sweep();
    assertThat(world.stage(upload)).isInstanceOf(Stage.Received.class);
    world.pass(Duration.ofSeconds(1));
    world.functions.deploying().sweep();

    assertThat(world.stage(upload).why().orElseThrow()).contains("the function that should");
  }

  @Test
  void aHeldReleaseIsCancelledWhenNothingHappenedForTooLong() {
    Upload first = world.release("hello.crate", "v1");
    world.command(Command.Kind.HOLD, first);
    Upload second = world.canary("hello.crate", "v2");

    passAndTick(world, HELD);
    assertThat(world.stage(second)).isInstanceOf(Stage.Held.class);
    passAndTick(world, Duration.ofSeconds(1));

    assertThat(world.stage(second).why().orElseThrow())
        .startsWith("nothing happened to it for 7 days while it was held: no rollout of hello");
    assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aQueuedReleaseIsCancelledWhenNothingHappenedForTooLong() {
    World queueing = World.calm("{contest: queue, pauseDeadline: 0s}");
    queueing.release("hello.crate", "v1");
    Upload second = queueing.canary("hello.crate", "v2");
    queueing.command(Command.Kind.PAUSE, second);
    Upload third = queueing.canary("hello.crate", "v3");
    assertThat(queueing.stage(third)).isInstanceOf(Stage.Queued.class);

    passAndTick(queueing, HELD.plusSeconds(1));

    assertThat(queueing.stage(third).why().orElseThrow())
        .contains("while it was queued: behind " + World.id(second));
    assertThat(queueing.stage(second)).isInstanceOf(Stage.Paused.class);
  }

  @Test
  void whatWaitsForTheEndOfAFreezeIsNotCancelled() {
    World frozen = World.calm("freeze: [{name: winter, lastDay: 2026-01-31}]");
    Upload first = frozen.canary("hello.crate", "v1");

    passAndTick(frozen, HELD.multipliedBy(2));
    assertThat(frozen.stage(first)).isInstanceOf(Stage.Held.class);
    passAndTick(frozen, Duration.ofDays(30));

    assertThat(frozen.stage(first)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void aTeamMayLetItWaitForEver() {
    World patient = World.calm("heldDeadline: 0s");
    Upload first = patient.release("hello.crate", "v1");
    patient.command(Command.Kind.HOLD, first);
    Upload second = patient.canary("hello.crate", "v2");

    passAndTick(patient, Duration.ofDays(400));

    assertThat(patient.stage(second)).isInstanceOf(Stage.Held.class);
  }
}
