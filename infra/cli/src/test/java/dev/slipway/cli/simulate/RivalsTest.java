package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Policy;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A tick that comes while an upload is being taken in. */
final class RivalsTest {

  /** Ticks while the first build is on its way to Cloud Build, which takes its time. */
  private final class Tick implements Boundary {

    private final Duration after;
    private int submissions;

    Tick(Duration after) {
      this.after = after;
    }

    @Override
    public <T> T effect(String name, Supplier<T> body) {
      if (name.equals("submit build") && ++submissions == 1) {
        world.pass(after);
        world.tick();
      }
      return body.get();
    }
  }

  private World world = World.calm("{}");

  @Test
  void aTickLeavesWhatWasJustReceivedToWhoTookItIn() {
    Tick tick = new Tick(Duration.ofSeconds(5));
    world = new World(tick, Policy.DEFAULT);

    Upload upload = world.release("hello.crate", "v1");

    assertThat(tick.submissions).isOne();
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void whoTookItInAndCameToNothingIsWaitedForNoLonger() {
    Tick tick = new Tick(Duration.ofSeconds(11));
    world = new World(tick, Policy.DEFAULT);

    Upload upload = world.release("hello.crate", "v1");

    assertThat(tick.submissions).as("the tick's, and the one that was slow").isEqualTo(2);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }
}
