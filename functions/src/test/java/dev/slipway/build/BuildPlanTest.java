package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.RuntimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildPlanTest {

  private static BuildPlan plan(String... lines) {
    return BuildPlan.of(Crates.order(lines), "registry.example/acme/services", "builder:1");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, STATIC",
        "ring, STATIC",
        "aws-lc-sys zstd-sys, STATIC",
        "openssl-sys, CC",
        "ring openssl-sys, CC",
        "pq-sys, SLIM",
        "openssl-sys unheard-of-sys, SLIM",
      })
  void plansTheSmallestBaseThatTheNativeLibrariesAllow(
      @org.jspecify.annotations.Nullable String nativeLibraries, RuntimeBase expected) {
    BuildPlan plan = nativeLibraries == null ? plan() : plan("native=" + nativeLibraries);

    assertThat(plan.base()).isEqualTo(expected);
  }

  @Test
  void letsTheCrateChooseItsBase() {
    assertThat(plan("native=openssl-sys", "base=STATIC").base()).isEqualTo(RuntimeBase.STATIC);
  }

  @ParameterizedTest
  @CsvSource({
    "SCRATCH, x86_64-unknown-linux-gnu, -C target-feature=+crt-static",
    "STATIC, x86_64-unknown-linux-gnu, -C target-feature=+crt-static",
    "MUSL, x86_64-unknown-linux-musl, ''",
    "ALPINE, x86_64-unknown-linux-musl, ''",
    "CC, x86_64-unknown-linux-gnu, ''",
    "CHAINGUARD, x86_64-unknown-linux-gnu, ''",
    "SLIM, x86_64-unknown-linux-gnu, ''",
  })
  void linksAsTheBaseWantsIt(String base, String target, String flags) {
    BuildPlan plan = plan("base=" + base);

    assertThat(plan.substitutions()).containsEntry("_TARGET", target);
    assertThat(plan.substitutions()).containsEntry("_RUSTFLAGS", flags);
    assertThat(plan.substitutions()).containsEntry("_BASE", plan.base().label());
  }

  @Test
  void leavesTheManifestsProfileAloneButForStripping() {
    assertThat(plan().substitutions())
        .containsEntry("_STRIP", "symbols")
        .containsEntry("_LTO", "")
        .containsEntry("_CODEGEN_UNITS", "")
        .containsEntry("_OPT_LEVEL", "")
        .containsEntry("_PANIC", "");
  }

  @Test
  void buildsForBytesWhenAskedTo() {
    assertThat(plan("profile=SIZE").substitutions())
        .containsEntry("_LTO", "fat")
        .containsEntry("_CODEGEN_UNITS", "1")
        .containsEntry("_OPT_LEVEL", "z")
        .containsEntry("_PANIC", "abort");
  }

  @Test
  void namesTheSameCacheForTheSameDependencies() {
    assertThat(plan("attempt=1", "test=false").cache())
        .isEqualTo(plan("attempt=2", "test=true").cache())
        .startsWith("registry.example/acme/services/cache/dependencies:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dependencies=ee",
        "toolchain=1.90.0",
        "profile=SIZE",
        "base=CC",
        "features=tls",
        "default-features=false"
      })
  void namesAnotherCacheForWhateverCompilesThemAnew(String line) {
    assertThat(plan(line).cache()).isNotEqualTo(plan().cache());
  }

  @Test
  void namesAnotherCacheForAnotherBuilder() {
    BuildPlan other = BuildPlan.of(Crates.order(), "registry.example/acme/services", "builder:2");

    assertThat(other.cache()).isNotEqualTo(plan().cache());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=a;reboot",
        "name=$(id)",
        "name=`id`",
        "name=${_IMAGE}",
        "name=a b",
        "name=-rf",
        "name=ünï",
        "binary=../../etc/passwd",
        "binary=a\nb",
        "features=a,b",
        "features=--config",
        "features=$HOME",
        "toolchain=+stable",
        "toolchain=stable --force",
      })
  void fault39_refusesNamesThatCouldMeanSomethingToAShell(String line) {
    assertThatThrownBy(() -> plan(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot name a");
  }
}
