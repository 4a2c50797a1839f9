package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The delivery figures, by hand-made histories. */
final class DeliveryTest {

  private static final Instant DAY = Instant.parse("2026-01-10T00:00:00Z");
  private static final Instant END = DAY.plus(Duration.ofDays(10));

  /** A release that entered stages: {@code "received", 0, "live", 60} in seconds from a time. */
  private static Release release(Instant from, Object... stagesAndSeconds) {
    List<Release.Entered> history = new ArrayList<>();
    for (int i = 0; i < stagesAndSeconds.length; i += 2) {
      history.add(
          new Release.Entered(
              (String) stagesAndSeconds[i], from.plusSeconds((Integer) stagesAndSeconds[i + 1])));
    }
    Release sample = Samples.release(new Stage.Built());
    return new Release(
        sample.id(),
        1,
        sample.stage(),
        sample.upload(),
        sample.source(),
        sample.crate(),
        sample.image(),
        sample.report(),
        sample.contents(),
        sample.cost(),
        List.of(),
        history,
        Journey.NONE);
  }

  private static Delivery of(Release... releases) {
    return Delivery.of(List.of(releases), DAY, END);
  }

  @Test
  void withoutReleasesThereIsNothingToSay() {
    Delivery none = of();

    assertThat(none.reached()).isZero();
    assertThat(none.leadTime()).isEmpty();
    assertThat(none.failureRate()).isEmpty();
    assertThat(none.timeToRestore()).isEmpty();
    assertThat(none.perDay()).isZero();
    assertThat(none.days()).hasSize(10);
  }

  @Test
  void howLongAReleaseTookEndsWithAllTheTrafficOrWithItsLatestEvent() {
    assertThat(
            List.of(
                release(DAY, "received", 0, "live", 90, "replaced", 950, "live", 2000),
                release(DAY, "received", 0, "canary", 50, "watching", 60, "rolled-back", 70),
                release(DAY, "received", 0, "canary", 50, "rolled-back", 55),
                release(DAY, "received", 0)))
        .map(Delivery::took)
        .containsExactly(
            Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofSeconds(55), Duration.ZERO);
  }

  @Test
  void leadTimeIsFromTheUploadToAllTheTraffic() {
    Delivery delivery =
        of(
            release(DAY, "received", 0, "canary", 50, "live", 100),
            release(DAY, "received", 0, "canary", 5, "watching", 10, "live", 500),
            release(DAY, "received", 0, "live", 900, "replaced", 950, "live", 2000));

    assertThat(delivery.leadTime()).contains(Duration.ofSeconds(100));
    assertThat(delivery.slowLeadTime()).contains(Duration.ofMinutes(15));
    assertThat(delivery.perDay()).isEqualTo(0.3);
    assertThat(delivery.failureRate()).contains(0.0);
  }

  @Test
  void aReleaseTakenBackFromUsersIsAFailureAndItsRollbackTheTimeToRestore() {
    Delivery delivery =
        of(
            release(DAY, "received", 0, "canary", 10, "rolling-back", 20, "rolled-back", 23),
            release(DAY, "received", 0, "live", 10, "rolling-back", 5000, "rolled-back", 5009),
            release(DAY, "received", 0, "canary", 10, "failed", 20),
            release(DAY, "received", 0, "canary", 10, "live", 20));

    assertThat(delivery.failureRate()).contains(0.75);
    assertThat(delivery.timeToRestore()).contains(Duration.ofSeconds(3));
    assertThat(delivery.shipped()).isEqualTo(2);
  }

  @Test
  void whatEndedBeforeAnyoneSawItIsNeitherADeploymentNorAFailure() {
    Delivery delivery =
        of(
            release(DAY, "received", 0, "building", 1, "build-failed", 2),
            release(DAY, "received", 0, "candidate", 5, "rolling-back", 6, "rolled-back", 7),
            release(DAY, "rejected", 0));

    assertThat(delivery.reached()).isZero();
    assertThat(delivery.failureRate()).isEmpty();
  }

  @Test
  void aReleaseCountsOnTheDayItReachedUsers() {
    Delivery delivery =
        of(
            release(DAY.minusSeconds(60), "received", 0, "live", 30),
            release(DAY.minusSeconds(60), "received", 0, "live", 60),
            release(DAY, "received", 0, "live", 86_400),
            release(END.minusSeconds(60), "received", 0, "live", 60));

    assertThat(delivery.reached()).isEqualTo(2);
    assertThat(delivery.days().getFirst().day()).isEqualTo(LocalDate.of(2026, 1, 10));
    assertThat(delivery.days()).extracting(Delivery.Day::reached).startsWith(1, 1, 0).endsWith(0);
  }
}
