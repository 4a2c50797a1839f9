package dev.slipway.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CloudSchedulerTest {

  private static final CloudScheduler.Job EVERY_SECOND =
      new CloudScheduler.Job("ticks", Duration.ofSeconds(1));

  private final VirtualTime time = new VirtualTime(Instant.EPOCH);
  private final List<String> published = new ArrayList<>();

  @Test
  void itTicksAtItsPaceUntilClosed() {
    try (var job =
        new CloudScheduler(
            EVERY_SECOND,
            time,
            time,
            (topic, attributes, data) ->
                published.add(topic + new String(data, StandardCharsets.UTF_8)))) {
      job.start();
      time.advance(Duration.ofMillis(2_500));
    }
    time.advance(Duration.ofSeconds(5));

    assertThat(published).containsExactly("ticks{}", "ticks{}");
  }

  @Test
  void aTickThatIsLostDoesNotStopTheOthers() {
    try (var job =
        new CloudScheduler(
            EVERY_SECOND,
            time,
            time,
            (topic, attributes, data) -> {
              published.add(topic);
              throw new IllegalStateException("no such topic");
            })) {
      job.start();
      time.advance(Duration.ofSeconds(3));
    }

    assertThat(published).hasSize(3);
  }

  @Test
  void itRestsOnceNothingStirsAndIsAtItsPaceAgainWhenSomethingDoes() {
    var resting = new CloudScheduler.Job("ticks", Duration.ofSeconds(1), Duration.ofSeconds(10));
    try (var job = new CloudScheduler(resting, time, time, (topic, a, d) -> published.add(topic))) {
      job.start();
      assertThat(ticksIn(10)).as("it might stir yet").isEqualTo(10);
      assertThat(ticksIn(30)).as("at rest").isEqualTo(3);

      time.advance(Duration.ofSeconds(4));
      job.stir();
      assertThat(ticksIn(9)).as("soon, and at its pace").isEqualTo(9);
      job.stir();
      assertThat(ticksIn(10)).as("one after the other still").isEqualTo(10);
      assertThat(ticksIn(20)).as("at rest again").isEqualTo(2);
    }
  }

  private int ticksIn(int seconds) {
    int before = published.size();
    time.advance(Duration.ofSeconds(seconds));
    return published.size() - before;
  }
}
