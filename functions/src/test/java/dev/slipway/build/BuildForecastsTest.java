package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.BuildForecast;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.RuntimeBase;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a build is said to be is what is submitted. */
final class BuildForecastsTest {

  private static BuildForecast forecast(BuildOrder order, Optional<Boolean> cached) {
    return new BuildForecasts(Crates.TEAM, image -> cached).of(order.crate());
  }

  @Test
  void itNamesTheBaseAndTheKeyThatTheBuildWillHave() {
    BuildOrder order = Crates.order("native = openssl-sys", "features = a");

    BuildForecast forecast = forecast(order, Optional.of(true));

    BuildPlan plan =
        BuildPlan.of(order, Crates.TEAM.repository(), BuildTemplate.load().builder());
    assertThat(forecast.base()).isEqualTo(plan.base()).isEqualTo(RuntimeBase.CC);
    assertThat(forecast.dependencies().key()).isEqualTo(plan.cache());
    assertThat(forecast.target().features()).containsExactly("a");
  }

  @Test
  void whatIsCompiledAnewRunsOnTheMachineWithMoreCores() {
    assertThat(forecast(Crates.order(), Optional.of(false)).machine())
        .contains(new BuildForecast.Machine("e2-highcpu-8", Optional.of(16_000L)));
    assertThat(forecast(Crates.order(), Optional.of(true)).machine())
        .contains(new BuildForecast.Machine("e2-standard-2", Optional.of(6_000L)));
  }

  @Test
  void whereNobodyCanTellItIsTakenForTheDearerAndSaysSo() {
    BuildForecast forecast = forecast(Crates.order(), Optional.empty());

    assertThat(forecast.dependencies().cached()).isEmpty();
    assertThat(forecast.machine().orElseThrow().type()).isEqualTo("e2-highcpu-8");
  }

  @Test
  void whatNoBuildCouldBeToldIsRefusedBefore() {
    assertThatThrownBy(() -> forecast(Crates.order("features = a b;c"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot name a feature");
  }
}
