package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildPriceTest {

  private static BuildCost cost(Optional<String> machine, long seconds) {
    return BuildPrice.of(
        new BuildTiming(Instant.EPOCH, Instant.EPOCH.plusSeconds(seconds), machine));
  }

  @Test
  void eachMachineHasItsPriceByTheMinute() {
    assertThat(cost(Optional.of("e2-standard-2"), 60).usd()).contains(new BigDecimal("0.006000"));
    assertThat(cost(Optional.of("e2-highcpu-8"), 150).usd()).contains(new BigDecimal("0.040000"));
  }

  @Test
  void aMachineOfUnknownPriceHasATimeAndNoCost() {
    assertThat(cost(Optional.of("e2-highcpu-32"), 60))
        .isEqualTo(
            new BuildCost(
                Optional.of("e2-highcpu-32"), Duration.ofMinutes(1), Optional.empty()));
  }

  @Test
  void onesOwnMachineCostsNothing() {
    assertThat(cost(Optional.empty(), 60).usd()).isEmpty();
  }

  @Test
  void clocksThatDisagreeMakeNoTimeBelowZero() {
    assertThat(cost(Optional.empty(), -5).time()).isZero();
  }
}
