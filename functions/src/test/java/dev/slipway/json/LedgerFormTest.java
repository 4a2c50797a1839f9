package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Haste;
import dev.slipway.release.Journey;
import dev.slipway.release.Measure;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Rollout;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import dev.slipway.release.Verdict;
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
    assertThat(release.verdicts()).isEmpty();
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

  @Test
  void eventsWrittenBeforeThereWasAGateAreStillRead() {
    assertThat(Json.read("{\"type\":\"StepReached\",\"step\":1,\"percent\":50}", ReleaseEvent.class))
        .isEqualTo(new ReleaseEvent.StepReached(1, 50));
    assertThat(Json.read("{\"type\":\"Paused\",\"reason\":\"r\"}", ReleaseEvent.class))
        .isEqualTo(new ReleaseEvent.Paused("r"));
    assertThat(Json.read("{\"type\":\"Promoted\",\"stepsSkipped\":true}", ReleaseEvent.class))
        .isEqualTo(new ReleaseEvent.Promoted(true, Duration.ZERO));
    assertThat(
            Json.read(
                "{\"type\":\"RollbackStarted\",\"reason\":\"r\",\"epoch\":3}",
                ReleaseEvent.class))
        .isEqualTo(new ReleaseEvent.RollbackStarted("r", 3));
  }

  @Test
  void aVerdictIsWrittenWholeAndReadBack() {
    Verdict verdict =
        new Verdict(
            Verdict.Outcome.UNHEALTHY,
            List.of(
                new Measure(
                    "error rate", Verdict.Outcome.UNHEALTHY, Optional.of(2.125), Optional.of(1.0),
                    "%", 412, "50 of them synthetic"),
                new Measure(
                    "panic", Verdict.Outcome.UNHEALTHY, Optional.empty(), Optional.empty(), "", 0,
                    "thread 'main' panicked")),
            Samples.NOW,
            Samples.NOW.plusSeconds(60),
            412,
            50);
    ReleaseEvent event = new ReleaseEvent.RollbackStarted("it fails", 8, Optional.empty(), Optional.of(verdict));

    String json = Json.write(event, ReleaseEvent.class);

    assertThat(Json.read(json, ReleaseEvent.class)).isEqualTo(event);
    assertThat(Json.value(Json.map(event, ReleaseEvent.class), ReleaseEvent.class))
        .isEqualTo(event);
  }
}
