package dev.slipway.local.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void workRunsInOrderOfDueTimeThenOfSubmission() {
    time.schedule(Duration.ofSeconds(2), () -> ran.add("late"));
    time.schedule(Duration.ofSeconds(1), () -> ran.add("first"));
    time.schedule(Duration.ofSeconds(1), () -> ran.add("second"));

    time.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("first", "second", "late");
  }

  @Test
  void workScheduledByWorkRunsInTheSameAdvanceAtItsOwnTime() {
    List<Instant> seen = new ArrayList<>();
    time.schedule(
        Duration.ofSeconds(1),
        () -> time.schedule(Duration.ofSeconds(1), () -> seen.add(time.instant())));

    time.advance(Duration.ofSeconds(5));

    assertThat(seen).containsExactly(START.plusSeconds(2));
    assertThat(time.instant()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void cancelledWorkNeverRuns() {
    Scheduler.Task task = time.schedule(Duration.ofSeconds(1), () -> ran.add("cancelled"));

    task.cancel();
    time.advance(Duration.ofSeconds(5));

    assertThat(ran).isEmpty();
  }
}
