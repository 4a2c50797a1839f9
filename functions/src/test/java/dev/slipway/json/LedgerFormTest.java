package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Advisory;
import dev.slipway.release.AdvisoryReport;
import dev.slipway.release.BuildCost;
import dev.slipway.release.Changes;
import dev.slipway.release.Contents;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Stage;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the ledger wrote once stays readable. */
final class LedgerFormTest {

  private static final Upload UPLOAD = new Upload("b", "o", 1);
  private static final ReleaseId ID = ReleaseId.of(new ServiceName("hello"), UPLOAD);

  private static final Contents CONTENTS =
      new Contents(
          Optional.of(
              new Changes(
                  ID, List.of("edition 2021 -> 2024"), new Changes.Packages(1, 0, 0, 0),
                  List.of("a 1.0.0 -> 1.0.1"))),
          Optional.of(new Contents.Growth(ID, 100, 90)),
          Optional.of(new StoredObject("s", "sboms/x", 7)),
          Optional.of(
              new AdvisoryReport(
                  "gs://db/osv.zip#1",
                  List.of(
                      new Advisory("X-1", "a", "1.0.0", Optional.empty(), "high", false, true)),
                  0)),
          List.of(Finding.of("sbom", "no")));

  @Test
  void everythingKnownOfAnImageIsReadBackAsItWasWritten() {
    ReleaseEvent event =
        new ReleaseEvent.BuildSucceeded(
            "b1",
            new Image("r", "sha256:1", 5, 6, List.of(new Image.Layer("sha256:2", 5, 6))),
            Optional.empty(),
            Optional.of(CONTENTS),
            Optional.of(
                new BuildCost(
                    Optional.of("e2-highcpu-8"), Duration.ofSeconds(90), Optional.of(24_000L))));

    Map<String, @Nullable Object> map = Json.map(event, ReleaseEvent.class);

    assertThat(Json.value(map, ReleaseEvent.class)).isEqualTo(event);
  }

  @Test
  void aReleaseWrittenBeforeTheseFieldsWereIsStillRead() {
    String old =
        """
        {"id":"%s","sequence":2,"stage":{"type":"Built"},
         "upload":{"bucket":"b","object":"o","generation":1},
         "history":[{"stage":"received","at":"2026-01-01T00:00:00Z"}]}
        """
            .formatted(ID);

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
