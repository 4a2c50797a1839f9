package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.state.State;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {

  @TempDir Path folder;

  @Test
  void aProcessAKilledCloudLeftIsEndedByTheNext() throws Exception {
    Process left = new ProcessBuilder("sleep", "60").start();
    Process other = new ProcessBuilder("sleep", "60").start();
    try (State state = State.open(folder)) {
      new Leftovers(state).began(left.toHandle());
    }

    try (State state = State.open(folder)) {
      new Leftovers(state).end();
    }

    assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }
}
