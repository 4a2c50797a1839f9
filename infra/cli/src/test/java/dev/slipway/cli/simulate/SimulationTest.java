package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** In the second a worker dies with a service in its hand, which is told of. */
  @ParameterizedTest
  @ValueSource(longs = {7, 2})
  void aSeedIsTheSameStoryEachTime(long seed) {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();

    Simulation.of(seed, Weakness.NONE, first::add);
    Simulation.of(seed, Weakness.NONE, second::add);

    assertThat(first).hasSizeGreaterThan(100).isEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource(value = Weakness.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aMissingSafeguardIsNoticed(Weakness weakness) {
    assertThat(Campaign.shows(weakness, SEEDS)).as("a seed that shows %s", weakness).isPresent();
  }
}
