package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.pipeline.Housekeeping;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When services are cleaned, counted by a part that only notes what it is asked for. */
final class HousekeepingTest {

  /** Its releases have ended for a minute when they come to rest. */
  private final World world = World.calm("{watch: 0s}");
  private final List<ReleaseId> cleaned = new ArrayList<>();
  private final Housekeeping housekeeping =
      new Housekeeping(
          world.ledger,
          world.clock,
          List.of(new Housekeeping.Part("what is counted", cleaned::add)));

  @Test
  void aMinuteIsCleanedOnceHoweverManyTicksFallIntoIt() {
    Upload live = world.release("hello.crate", "v1");

    seconds(59);
    assertThat(cleaned).as("once in minute 1").containsExactly(World.id(live));
    seconds(60);
    assertThat(cleaned).as("once more in minute 2").hasSize(2);
    seconds(60);
    assertThat(cleaned).as("minute 3 is none of the rounds").hasSize(2);
    seconds(60);
    assertThat(cleaned).as("once more in minute 4").hasSize(3);
  }

  @Test
  void aNewReleaseBeginsTheRoundsAnew() {
    Upload first = world.release("hello.crate", "v1");
    seconds(30);

    Upload next = world.release("hello.crate", "v2");
    seconds(30);

    assertThat(cleaned).containsExactly(World.id(first), World.id(next));
  }

  @Test
  void whatOnePartCannotDoKeepsTheNextFromNothing() {
    List<Housekeeping.Part> parts =
        List.of(
            new Housekeeping.Part(
                "what may not be deleted",
                ended -> {
                  throw new IllegalStateException("403");
                }),
            new Housekeeping.Part("what is counted", cleaned::add));
    Upload live = world.release("hello.crate", "v1");

    new Housekeeping(world.ledger, world.clock, parts).clean();

    assertThat(cleaned).containsExactly(World.id(live));
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      world.pass(Duration.ofSeconds(1));
      housekeeping.clean();
    }
  }
}
