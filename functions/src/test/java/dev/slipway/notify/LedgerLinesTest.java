package dev.slipway.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Advisory;
import dev.slipway.release.AdvisoryReport;
import dev.slipway.release.BuildCost;
import dev.slipway.release.Changes;
import dev.slipway.release.Contents;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.Journey;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LedgerLinesTest {

  private static final Upload UPLOAD = new Upload("b", "o", 1);
  private static final ReleaseId ID = ReleaseId.of(new ServiceName("hello"), UPLOAD);

  private static Release release(Optional<Contents> contents, List<Finding> warnings) {
    return new Release(
        ID,
        3,
        new Stage.Built(),
        UPLOAD,
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Image(
                "r",
                "sha256:1",
                1_200_000,
                3_400_000,
                List.of(
                    new Image.Layer("sha256:2", 860_000, 2_000_000),
                    new Image.Layer("sha256:3", 340_000, 1_400_000)))),
        Optional.empty(),
        contents,
        Optional.of(
            new BuildCost(
                Optional.of("e2-highcpu-8"), Duration.ofSeconds(90), Optional.of(24_000L))),
        warnings,
        List.of(new Release.Entered("built", Instant.EPOCH)), Journey.NONE);
  }

  @Test
  void aFirstReleaseIsComparedWithAnUntendedImage() {
    assertThat(LedgerLines.of(release(Optional.of(Contents.NONE), List.of())))
        .isEqualTo(
            "image 1.20 MB (3.40 MB unpacked), base 0.86 MB, app 0.34 MB, where an untended one has"
                + " some 600 MB (documented), built in 1 min 30 s on e2-highcpu-8, $0.024");
  }

  @Test
  void aLaterReleaseIsComparedWithTheOneThatServed() {
    Contents contents =
        new Contents(
            Optional.of(
                new Changes(
                    ID,
                    List.of(),
                    new Changes.Packages(2, 1, 0, 0),
                    List.of("a 1.0.0 -> 1.0.1", "serde 1.0.1 -> 1.0.2", "+new 0.1.0"))),
            Optional.of(new Contents.Growth(ID, 1_000_000, 1_200_000)),
            Optional.empty(),
            Optional.of(
                new AdvisoryReport(
                    "db",
                    List.of(
                        new Advisory("X", "a", "1", Optional.empty(), "high", false, true),
                        new Advisory("Y", "a", "1", Optional.empty(), "unsound", true, false)),
                    0)),
            List.of());

    assertThat(LedgerLines.of(release(Optional.of(contents), List.of())).lines())
        .anySatisfy(line -> assertThat(line).contains("+0.20 MB (+20.0 %)"))
        .contains(
            "since "
                + ID
                + ": 2 crates bumped, 1 added: a 1.0.0 -&gt; 1.0.1, serde 1.0.1 -&gt; 1.0.2,"
                + " +new 0.1.0",
            "advisories: 2, of which 1 vulnerabilities; 1 new");
  }

  @Test
  void warningsAreEscapedAndFewOfThemShown() {
    List<Finding> warnings =
        List.of("<a>", "b", "c", "d", "e", "f", "g").stream()
            .map(text -> Finding.of("x", text))
            .toList();

    assertThat(LedgerLines.of(release(Optional.empty(), warnings)).lines().toList())
        .contains(":warning: &lt;a&gt;", ":warning: e", ":warning: and 2 more warnings")
        .doesNotContain(":warning: f");
  }
}
