package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.BuildForecast;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.Finding;
import dev.slipway.release.RuntimeBase;
import dev.slipway.release.RustVersion;
import java.util.List;
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
  void aCrateThatWantsANewerRustThanTheBuilderHasIsRefusedWithWhatToDo() {
    BuildForecasts builder = new BuildForecasts(Crates.TEAM, image -> Optional.empty());
    RustVersion has = builder.rust().orElseThrow();
    String newer = "rust-version = 1." + (has.minor() + 1);

    assertThat(builder.refusal(Crates.order(newer).crate()))
        .get()
        .extracting(Finding::message)
        .asString()
        .contains(
            "wants Rust 1.%d.0 or newer".formatted(has.minor() + 1),
            "the builder has " + has,
            "rust-toolchain.toml",
            "build-templates/refresh");
    assertThat(builder.refusal(Crates.order("rust-version = " + has).crate())).isEmpty();
    assertThat(builder.refusal(Crates.order().crate())).isEmpty();
  }

  @Test
  void theToolchainACrateNamesComesBeforeTheBuilders() {
    BuildForecasts builder = new BuildForecasts(Crates.TEAM, image -> Optional.empty());

    assertThat(builder.refusal(Crates.order("rust-version = 1.999", "toolchain = stable").crate()))
        .isEmpty();
    assertThat(
            builder.refusal(Crates.order("rust-version = 1.999", "toolchain = 1.999.0").crate()))
        .isEmpty();
    assertThat(builder.refusal(Crates.order("rust-version = 1.60", "toolchain = 1.59.0").crate()))
        .get()
        .extracting(Finding::message)
        .asString()
        .contains("names Rust 1.59.0", "wants 1.60.0");
  }

  @Test
  void ownMachinesHaveARustOfTheirOwn() {
    BuildSettings team = Crates.TEAM;
    BuildSettings laptop =
        new BuildSettings(
            team.project(),
            team.location(),
            team.repository(),
            team.sourceBucket(),
            team.serviceAccount(),
            team.timeout(),
            BuildSettings.Machines.UNPAID);

    BuildForecasts builder = new BuildForecasts(laptop, image -> Optional.empty());

    assertThat(builder.rust()).isEmpty();
    assertThat(builder.refusal(Crates.order("rust-version = 1.999").crate())).isEmpty();
  }

  @Test
  void theBuildersRustIsReadFromItsImagesTag() {
    assertThat(Bases.parse(List.of("BUILDER=docker.io/library/rust:1.95.0-trixie@sha256:ab")).rust())
        .contains(new RustVersion(1, 95, 0));
    assertThat(Bases.parse(List.of("BUILDER=mirror.acme.com/x/chef:latest-rust-1.96-trixie")).rust())
        .contains(new RustVersion(1, 96, 0));
    assertThat(Bases.parse(List.of("BUILDER=mirror.acme.com/our/builder:7")).rust()).isEmpty();
  }

  @Test
  void whatNoBuildCouldBeToldIsRefusedBefore() {
    assertThatThrownBy(() -> forecast(Crates.order("features = a b;c"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot name a feature");
  }
}
