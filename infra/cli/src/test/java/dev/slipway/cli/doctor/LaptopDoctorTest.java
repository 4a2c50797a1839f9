package dev.slipway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.doctor.Check.Verdict;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.LaptopCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laptop cloud, looked at as the one on Google is. */
final class LaptopDoctorTest {

  /** What depends on the machine the test runs on. */
  private static final Set<String> MACHINE =
      Set.of("cargo", "cargo-chef", "unshare -n", "chromium", "disk");

  @TempDir private Path folder;

  private List<Check> examined() {
    return new Doctor(Clock.systemUTC())
        .ofLaptop(folder).stream().filter(check -> !MACHINE.contains(check.name())).toList();
  }

  @Test
  void withoutACloudOnlyTheMachineIsLookedAt() {
    List<Check> checks = examined();

    assertThat(checks)
        .extracting(Check::name)
        .containsExactly("JDK", "state folder", "ports", "laptop cloud");
    assertThat(checks.getLast().verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(checks.getLast().remedy()).isEqualTo("slipway up --state " + folder);
  }

  @Test
  void aRunningCloudHasAllThatAnEnvironmentHas() throws IOException {
    List<Check> checks;
    try (LaptopCloud cloud =
        LaptopCloud.start(
            LaptopSetup.config(folder, LaptopSetup.LAPTOP_POLICY, Duration.ofSeconds(30)))) {
      cloud.warmUp();
      checks = examined();
    }

    assertThat(checks).extracting(Check::verdict).containsOnly(Verdict.OK);
    assertThat(checks)
        .extracting(Check::name)
        .containsExactly(
            "JDK",
            "state folder",
            "laptop cloud",
            "topics",
            "bucket uploads",
            "bucket sources",
            "console",
            "Slack's token");
  }
}
