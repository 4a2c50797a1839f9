package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Haste;
import dev.slipway.release.Journey;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Rollout;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.time.Duration;
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
    assertThat(release.journey()).isEqualTo(Journey.NONE);
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

  @Test
  void stagesAndServicesWrittenBeforeTheseFieldsWereAreStillRead() {
    String rollout = "\"rollout\":{\"revision\":\"r\",\"epoch\":1}";
    String at = "\"since\":\"2026-01-01T00:00:00Z\"";

    assertThat(Json.read("{\"type\":\"Held\",\"reason\":\"r\"}", Stage.class))
        .isEqualTo(new Stage.Held("r", Stage.Held.Cause.TRAFFIC));
    assertThat(
            Json.read(
                "{\"type\":\"Canary\"," + rollout + ",\"step\":0,\"percent\":10," + at + "}",
                Stage.class))
        .isInstanceOfSatisfying(
            Stage.Canary.class, canary -> assertThat(canary.haste()).isEqualTo(Haste.NONE));
    assertThat(
            Json.read("{\"type\":\"Promoted\",\"stepsSkipped\":true}", ReleaseEvent.class))
        .isEqualTo(new ReleaseEvent.Promoted(true, Duration.ZERO));
    assertThat(
            Json.read(
                "{\"type\":\"RollbackStarted\",\"reason\":\"r\",\"epoch\":2}", ReleaseEvent.class))
        .isEqualTo(new ReleaseEvent.RollbackStarted("r", 2, Optional.empty()));
    assertThat(
            Json.read(
                "{\"name\":\"hello\",\"epoch\":1,\"newestGeneration\":1,\"sizes\":[]}",
                ServiceRecord.class)
            .hold())
        .isEmpty();
  }
}
