package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many seeds, and what the simulation is worth: that it fails where a safeguard is missing. */
final class SimulationTest {

  static {
    // The pipeline logs every fault it survives.
    java.util.logging.Logger.getLogger("dev.slipway.pipeline").setLevel(java.util.logging.Level.OFF);
  }

  private static final int SEEDS = Integer.getInteger("slipway.simulate.seeds", 300);

  @Test
  void whateverGoesWrongEveryReleaseComesToItsEnd() {
    Campaign campaign = Campaign.run(1, SEEDS);

    assertThat(campaign.isClean()).as(String.join("\n", campaign.lines())).isTrue();
    assertThat(campaign.commitsAtMostOncePerEvent()).isTrue();
  }

  @Test
  void inSeveralRegionsTooEveryReleaseComesToItsEnd() {
    Campaign campaign =
        Campaign.run(1, SEEDS, List.of(World.REGION, "us-central1", "asia-east1"));

    assertThat(campaign.isClean()).as(String.join("\n", campaign.lines())).isTrue();
    assertThat(campaign.commitsAtMostOncePerEvent()).isTrue();
  }

  @Test
  void aSeedIsTheSameStoryEachTime() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();

    Simulation.of(7, Weakness.NONE, first::add);
    Simulation.of(7, Weakness.NONE, second::add);

    assertThat(first).hasSizeGreaterThan(100).isEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource(value = Weakness.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aMissingSafeguardIsNoticed(Weakness weakness) {
    assertThat(Campaign.shows(weakness, SEEDS)).as("a seed that shows %s", weakness).isPresent();
  }
}
