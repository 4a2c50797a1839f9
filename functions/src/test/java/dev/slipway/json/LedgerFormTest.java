package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Rollout;
import dev.slipway.release.Samples;
import dev.slipway.release.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger wrote once stays readable. */
final class LedgerFormTest {

  @Test
  void aReleaseWrittenBeforeTheseFieldsWereIsStillRead() {
    String old =
        """
        {"id":"%s","sequence":2,"stage":{"type":"Built"},
         "upload":{"bucket":"b","object":"o","generation":1},
         "history":[{"stage":"received","at":"2026-01-01T00:00:00Z"}]}
        """
            .formatted(Samples.ID);

    Release release = Json.read(old, Release.class);

    assertThat(release.stage()).isEqualTo(new Stage.Built());
    assertThat(release.contents()).isEmpty();
    assertThat(release.cost()).isEmpty();
    assertThat(release.warnings()).isEmpty();
    assertThat(release.since()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void eventsWrittenBeforeTheseFieldsWereAreStillRead() {
    ReleaseEvent started =
        Json.read(
            "{\"type\":\"RolloutStarted\",\"rollout\":{\"revision\":\"r\",\"epoch\":1}}",
            ReleaseEvent.class);
    ReleaseEvent failed =
        Json.read(
            "{\"type\":\"BuildFailed\",\"reason\":\"r\",\"excerpt\":\"e\"}", ReleaseEvent.class);

    assertThat(started)
        .isEqualTo(
            new ReleaseEvent.RolloutStarted(new Rollout("r", Optional.empty(), 1), List.of()));
    assertThat(failed).isEqualTo(new ReleaseEvent.BuildFailed("r", "e"));
  }
}
