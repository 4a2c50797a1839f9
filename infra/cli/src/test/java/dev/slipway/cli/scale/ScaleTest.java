package dev.slipway.cli.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/scale.md says of growth holds for a small day too; the large month is a command. */
final class ScaleTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Logger ROOT = Logger.getLogger("dev.slipway");

  @BeforeEach
  void quiet() {
    ROOT.setLevel(Level.WARNING);
  }

  @AfterEach
  void asBefore() {
    ROOT.setLevel(null);
  }

  @Test
  void everyReleaseOfAMonthIsBroughtOut() {
    ScaleRun run = new ScaleRun(50, 300, DAY).run();

    assertThat(run.served()).isEqualTo(300);
    assertThat(run.ledger.active).isEmpty();
  }

  @Test
  void aReleaseCostsTheSameWritesHoweverManyThereAre() {
    ScaleRun few = new ScaleRun(10, 100, DAY).run();
    ScaleRun many = new ScaleRun(40, 400, DAY).run();

    assertThat(many.ledger.writes).isEqualTo(4 * few.ledger.writes);
    assertThat(many.cloud.serviceWrites).isEqualTo(4 * few.cloud.serviceWrites);
  }
}
