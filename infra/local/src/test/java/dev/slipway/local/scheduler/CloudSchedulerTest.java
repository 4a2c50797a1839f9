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
            (topic, attributes, data) -> {
              published.add(topic);
              throw new IllegalStateException("no such topic");
            })) {
      job.start();
      time.advance(Duration.ofSeconds(3));
    }

    assertThat(published).hasSize(3);
  }
}
