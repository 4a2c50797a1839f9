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

    private Duration after = Duration.ZERO;
    private int submissions;

    @Override
    public <T> T effect(String name, Supplier<T> body) {
      if (name.equals("submit build") && ++submissions == 1) {
        world.pass(after);
        world.tick();
      }
      return body.get();
    }
  }

  private final Tick tick = new Tick();
  private final World world = new World(tick, Policy.DEFAULT);

  @Test
  void aTickLeavesWhatWasJustReceivedToWhoTookItIn() {
    tick.after = Duration.ofSeconds(5);

    Upload upload = world.release("hello.crate", "v1");

    assertThat(tick.submissions).isOne();
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }

  @Test
  void whoTookItInAndCameToNothingIsWaitedForNoLonger() {
    tick.after = Duration.ofSeconds(11);

    Upload upload = world.release("hello.crate", "v1");

    assertThat(tick.submissions).as("the tick's, and the one that was slow").isEqualTo(2);
    assertThat(world.stage(upload)).isInstanceOf(Stage.Live.class);
  }
}
