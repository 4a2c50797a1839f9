package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed report is what the code does. */
final class RolloutReportTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root", "../.."));

  @Test
  void thePageIsUpToDate() throws IOException {
    Path fresh =
        Files.createDirectories(ROOT.resolve("infra/cli/target")).resolve("rollout-simulations.md");

    Files.writeString(fresh, RolloutReport.markdown());

    assertThat(Files.readString(ROOT.resolve("docs/rollout-simulations.md")))
        .as(
            "docs/rollout-simulations.md is out of date:"
                + " cp infra/cli/target/rollout-simulations.md docs/rollout-simulations.md")
        .isEqualTo(Files.readString(fresh));
  }
}
