package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.slipway.cli.Terminal;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.Origin;
import dev.slipway.release.Promotion;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import dev.slipway.source.PromotionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two laptop clouds: what is live in the one is promoted into the other. */
@Needs(CARGO)
final class PromotionTest {

  @TempDir static Path folder;

  @AutoClose private static TestCloud staging;
  @AutoClose private static TestCloud prod;
  private static Release live;

  @BeforeAll
  static void start() throws IOException {
    staging = TestCloud.start(folder.resolve("staging"), Duration.ofMillis(200));
    prod =
        TestCloud.after(
            staging,
            folder.resolve("prod"),
            "{steps: [10, 50, 100], hold: 200ms, watch: 0s, candidateDeadline: 60s,"
                + " gate: {enabled: false}, promotion: {only: true}}");
    live = staging.released(TestCrate.named("hello"), folder);
  }

  @Test
  void whatIsLiveInStagingIsLiveInProdWithTheSameDigestAndNoBuild() throws Exception {
    assertThat(live.stage()).isInstanceOf(Stage.Live.class);

    Release promoted = promoted(asked(live));

    assertThat(promoted.stage()).isInstanceOf(Stage.Live.class);
    assertThat(promoted.image().map(Image::digest)).isEqualTo(live.image().map(Image::digest));
    assertThat(promoted.image().orElseThrow().name())
        .isNotEqualTo(live.image().orElseThrow().name());
    assertThat(promoted.journey().origin().map(Origin::toString))
        .contains("staging " + live.id());
    assertThat(promoted.report()).isEqualTo(live.report());
    assertThat(promoted.contents().orElseThrow().gaps()).isEmpty();
    assertThat(promoted.contents().orElseThrow().sbom()).isPresent();
    assertThat(prod.builds(promoted.id())).isEmpty();
    assertThat(prod.answer(promoted.id())).isEqualTo(staging.answer(live.id()));
    assertThat(prod.events(promoted.id()))
        .noneMatch(ReleaseEvent.BuildSubmitted.class::isInstance);
    assertSecondTimeIsUnchanged(promoted);
    assertTheNextOneStepsThroughItsShares();
  }

  private static void assertSecondTimeIsUnchanged(Release first) {
    Release again = promoted(asked(live));

    assertThat(again.id()).isNotEqualTo(first.id());
    assertThat(again.stage()).isEqualTo(new Stage.Unchanged(first.id()));
  }

  private static void assertTheNextOneStepsThroughItsShares() {
    Release next = staging.released(TestCrate.named("hello").version("2.0.0"), folder);

    Release promoted = promoted(asked(next));

    assertThat(promoted.stage()).isInstanceOf(Stage.Live.class);
    assertThat(prod.events(promoted.id()))
        .filteredOn(ReleaseEvent.StepReached.class::isInstance)
        .hasSize(2);
    assertThat(promoted.contents().orElseThrow().changes()).isPresent();
    assertThat(promoted.contents().orElseThrow().growth()).isPresent();
  }

  @Test
  void aPromotionThatIsNotTrueIsRefusedAndSaysWhy() {
    Promotion good = asked(live);

    assertThat(refused(new Promotion("staging", ReleaseId.parse("hello-000000000000"), good.digest(), good.by(), good.reason())))
        .containsExactly("promotion-release");
    assertThat(refused(new Promotion("staging", live.id(), "sha256:" + "0".repeat(64), good.by(), good.reason())))
        .containsExactly("promotion-digest");
    assertThat(refused(new Promotion("elsewhere", live.id(), good.digest(), good.by(), good.reason())))
        .containsExactly("promotion-source");
    assertThat(rules(uploaded("{\"environment\": \"staging\"}", good)))
        .containsExactly("promotion-unreadable");
  }

  @Test
  void theCommandLineAsksForIt() {
    int before = releases();

    String answer =
        Terminal.of(folder.resolve("staging"))
            .shows(
                "promote-to",
                folder.resolve("prod").toString(),
                live.id().toString(),
                "--source",
                "staging",
                "--reason",
                "it is good",
                "--json");

    assertThat(answer).contains(live.image().orElseThrow().digest());
    Await.until("a release that began with the promotion", () -> releases() > before);
  }

  private static int releases() {
    String json = Terminal.of(folder.resolve("prod")).shows("releases", "--json");
    return JsonParser.parseString(json).getAsJsonArray().size();
  }

  @Test
  void anArchiveIsRefusedWhereOnlyPromotionsAreTaken() {
    ReleaseId id = prod.push(TestCrate.named("archive"), folder);

    assertThat(rules(prod.settled(id))).containsExactly("promotion-only");
  }

  private static Promotion asked(Release there) {
    return Promotion.of(
        "staging", there, Optional.of("ana@example.com"), Optional.of("it is good"));
  }

  private static List<String> refused(Promotion promotion) {
    return rules(promoted(promotion));
  }

  private static List<String> rules(Release release) {
    assertThat(release.stage()).isInstanceOf(Stage.Rejected.class);
    return ((Stage.Rejected) release.stage()).findings().stream().map(Finding::rule).toList();
  }

  private static Release promoted(Promotion promotion) {
    return uploaded(new String(PromotionFile.write(promotion), UTF_8), promotion);
  }

  private static Release uploaded(String json, Promotion promotion) {
    try {
      Path file = Files.writeString(Files.createTempFile(folder, "asked", ".json"), json);
      Upload upload = prod.upload(file, promotion.object());
      return prod.settled(ReleaseId.of(promotion.release().service(), upload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
