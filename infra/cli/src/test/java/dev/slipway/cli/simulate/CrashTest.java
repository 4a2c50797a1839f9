package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.PolicyDocument;
import dev.slipway.release.Command;
import dev.slipway.release.Policy;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Breaks every effect of whole journeys, one at a time, in each of the three ways, and lets
 * redeliveries and ticks mend it: the end must be the one of the journey that nothing disturbed.
 */
final class CrashTest {

  private static final Policy TWO_REGIONS =
      PolicyDocument.read("regions: [europe-west1, us-central1]");

  /** Few effects besides those a test is about. */
  private static final Policy SHORT =
      PolicyDocument.read("{steps: [100], watch: 0s, cleanup: {keepRevisions: 1, keepFor: 1m}}");

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aRolloutEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        world -> {
          Upload first = journey(world, "v1");
          Upload second = journey(world, "v2");

          assertThat(world.stage(first)).isEqualTo(new Stage.Replaced(World.id(second)));
          assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
          assertThat(world.services.split("hello"))
              .isEqualTo(Map.of(World.id(second).revision(), 100));
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aFailingCandidateIsRolledBackWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        world -> {
          Upload first = journey(world, "v1");
          world.measures.smoke = uri -> new SmokeResult.Failed("500");
          Upload second = journey(world, "v2");

          assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
          assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
          assertThat(world.services.split("hello"))
              .isEqualTo(Map.of(World.id(first).revision(), 100));
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aManualRollbackEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        world -> {
          Upload first = journey(world, "v1");
          Upload second = journey(world, "v2");
          world.command(Command.Kind.ROLLBACK, second);
          world.settle();

          assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
          assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
          assertThat(world.services.split("hello"))
              .isEqualTo(Map.of(World.id(first).revision(), 100));
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aTakeoverInMidCanaryEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        world -> {
          journey(world, "v1");
          Upload older = world.put("hello.crate", "v2");
          world.deliver(older);
          world.builds.finish();
          world.buildMessage(older);
          Upload newer = journey(world, "v3");
          world.settle();

          assertThat(world.stage(older)).isEqualTo(new Stage.Superseded(World.id(newer)));
          assertThat(world.stage(newer)).isInstanceOf(Stage.Live.class);
          assertThat(world.services.split("hello"))
              .isEqualTo(Map.of(World.id(newer).revision(), 100));
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aPromotionEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        world -> {
          Upload first = journey(world, world.promoted("v1"));
          Upload second = journey(world, world.promoted("v2"));

          assertThat(world.stage(first)).isEqualTo(new Stage.Replaced(World.id(second)));
          assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
          assertThat(world.release(second).journey().origin()).isPresent();
          assertThat(world.builds.all).isEmpty();
          assertThat(world.services.split("hello"))
              .isEqualTo(Map.of(World.id(second).revision(), 100));
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aReleaseWithAJobEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        SHORT,
        world -> {
          world.bucket.job = List.of("migrate");
          Upload first = journey(world, "v1");
          Upload second = journey(world, "v2");

          assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
          assertThat(world.jobs.ran).containsExactly(World.id(first), World.id(second));
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aCleanUpEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        SHORT,
        world -> {
          journey(world, "v1");
          Upload second = journey(world, "v2");
          Upload third = journey(world, "v3");
          for (int minute = 0; minute < 9; minute++) {
            world.pass(Duration.ofMinutes(1));
            world.tick();
          }

          assertThat(world.stage(third)).isInstanceOf(Stage.Live.class);
          assertThat(world.revisions())
              .containsExactly(World.id(second).revision(), World.id(third).revision());
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aRolloutInTwoRegionsEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        TWO_REGIONS,
        world -> {
          Upload first = journey(world, "v1");
          Upload second = journey(world, "v2");

          assertThat(world.stage(first)).isEqualTo(new Stage.Replaced(World.id(second)));
          assertThat(world.stage(second)).isInstanceOf(Stage.Live.class);
          for (String region : TWO_REGIONS.pace().regions()) {
            assertThat(world.in(region).services().split("hello"))
                .isEqualTo(Map.of(World.id(second).revision(), 100));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aRollbackInTwoRegionsEndsTheSameWhereverItIsBroken(Faults.Mode mode) {
    breakEverywhere(
        mode,
        TWO_REGIONS,
        world -> {
          Upload first = journey(world, "v1");
          world.in("us-central1").services().readiness =
              r ->
                  r.equals(World.id(first).revision())
                      ? new Readiness.Ready()
                      : new Readiness.Broken("exit 101");
          Upload second = journey(world, "v2");

          assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
          assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
          for (String region : TWO_REGIONS.pace().regions()) {
            assertThat(world.in(region).services().split("hello"))
                .isEqualTo(Map.of(World.id(first).revision(), 100));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Mode.class)
  void fault13_aRollbackOfWhatIsLiveThroughTheRegionOfWhatItCancelsEndsTheSame(Faults.Mode mode) {
    breakEverywhere(
        mode,
        world -> {
          Upload first = journey(world, "v1");
          Upload second = journey(world, "v2");
          world.rule("regions: [europe-west1, us-central1]");
          SimulatedServices further = world.in("us-central1").services();
          further.readiness =
              r ->
                  r.equals(World.id(first).revision())
                      ? new Readiness.Ready()
                      : new Readiness.Starting();
          Upload third = world.put("hello.crate", "v3");
          world.deliver(third);
          world.builds.finish();
          for (int minute = 0; minute < 90 && further.revisions("hello").isEmpty(); minute++) {
            world.pass(Duration.ofMinutes(1));
            world.tick();
          }
          world.command(Command.Kind.ROLLBACK, second);
          world.settle();

          assertThat(world.stage(first)).isInstanceOf(Stage.Live.class);
          assertThat(world.stage(second)).isInstanceOf(Stage.RolledBack.class);
          assertThat(world.stage(third)).isInstanceOf(Stage.Cancelled.class);
          for (String region : TWO_REGIONS.pace().regions()) {
            assertThat(world.in(region).services().split("hello"))
                .isEqualTo(Map.of(World.id(first).revision(), 100));
          }
        });
  }

  /** One release as a team sees it: the upload's event, the build's message, ticks. */
  private static Upload journey(World world, String content) {
    return journey(world, world.put("hello.crate", content));
  }

  private static Upload journey(World world, Upload upload) {
    world.deliver(upload);
    world.builds.finish();
    world.buildMessage(upload);
    world.tick();
    world.pass(Duration.ofMinutes(1));
    world.settle();
    return upload;
  }

  private static void breakEverywhere(Faults.Mode mode, Consumer<World> story) {
    breakEverywhere(mode, Policy.DEFAULT, story);
  }

  private static void breakEverywhere(Faults.Mode mode, Policy policy, Consumer<World> story) {
    int boundaries = 0;
    for (boolean struck = true; struck; boundaries++) {
      Faults faults = Faults.at(boundaries, mode);
      World world = new World(faults, policy);
      try {
        story.accept(world);
      } catch (AssertionError e) {
        throw new AssertionError("%s at effect %d".formatted(mode, boundaries), e);
      }
      world.checkInvariants();
      for (int minute = 0; minute < 5; minute++) {
        world.pass(Duration.ofMinutes(1));
        world.tick();
      }
      world
          .ledger
          .releases
          .values()
          .forEach(r -> assertThat(world.slack.told(r.id())).isEqualTo(r.sequence()));
      struck = faults.struck();
    }
    assertThat(boundaries).as("effects broken, one at a time").isGreaterThan(15);
  }
}
