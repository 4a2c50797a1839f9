package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.run.RequestMetrics.Served;
import dev.slipway.local.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RequestMetricsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Served OK = new Served(new ServiceName("p", "l", "s"), "s-a", 200);

  private final VirtualTime time = new VirtualTime(START);
  private final RequestMetrics metrics = new RequestMetrics(time);

  @Test
  void requestsAreFoundInTheSecondTheyEndedIn() {
    metrics.record(OK, Duration.ofMillis(5));
    metrics.record(OK, Duration.ofMillis(7));
    time.advance(Duration.ofSeconds(1));
    metrics.record(OK, Duration.ofMillis(9));

    assertThat(metrics.read(START, START.plusSeconds(1)))
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.count()).isEqualTo(2);
              assertThat(sample.totalMillis()).isEqualTo(12);
              assertThat(sample.second()).isEqualTo(START);
            });
    assertThat(metrics.read(START, START.plusSeconds(2))).hasSize(2);
  }

  @Test
  void whatIsOlderThanAnHourIsForgotten() {
    metrics.record(OK, Duration.ofMillis(5));

    time.advance(Duration.ofHours(1));

    assertThat(metrics.read(START, START.plusSeconds(7200))).isEmpty();
  }

  @Test
  void aLatencyFallsIntoTheBucketWhoseBoundsHoldIt() {
    metrics.record(OK, Duration.ofNanos(400_000));
    metrics.record(OK, Duration.ofMillis(10));
    metrics.record(OK, Duration.ofDays(2000));

    var buckets = metrics.read(START, START.plusSeconds(1)).getFirst().latencies();

    assertThat(buckets).hasSize(RequestMetrics.FINITE_BUCKETS + 2);
    assertThat(buckets.getFirst()).isEqualTo(1);
    assertThat(buckets.getLast()).isEqualTo(1);
    int ten = buckets.subList(1, 67).indexOf(1L);
    assertThat(Math.pow(RequestMetrics.GROWTH, ten)).isLessThanOrEqualTo(10);
    assertThat(Math.pow(RequestMetrics.GROWTH, ten + 1)).isGreaterThan(10);
  }
}
