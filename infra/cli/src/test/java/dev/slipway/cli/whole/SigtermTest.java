package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Stage;
import dev.slipway.release.TrialRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases whose program, run once in its build, ends on SIGTERM or does not. */
@Needs(CARGO)
final class SigtermTest {

  @TempDir static Path folder;

  @AutoClose private static TestCloud warning;
  @AutoClose private static TestCloud blocking;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    warning = cloud("warn");
    blocking = cloud("block");
  }

  private static TestCloud cloud(String reaction) throws Exception {
    return TestCloud.ruled(
        folder.resolve(reaction),
        "{steps: [100], hold: 100ms, watch: 0s, gate: {enabled: false}, smoke: {sigterm: %s}}"
            .formatted(reaction));
  }

  private static TrialRun trialRun(Release release) {
    return release.report().orElseThrow().trialRun().orElseThrow();
  }

  @Test
  void aServiceThatEndsOnSigtermGoesLiveWithoutAWord() throws Exception {
    Release live = blocking.released(TestCrate.named("polite"), work);

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    assertThat(trialRun(live).listens()).containsExactly("0.0.0.0:8080");
    assertThat(trialRun(live).exitCode()).contains(0);
    assertThat(live.warnings()).isEmpty();
  }

  @Test
  void aDeafServiceIsWarnedOfInItsSmokeTest() throws Exception {
    Release live = warning.released(TestCrate.named("deaf").deaf(), work);

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    assertThat(warning.events(live.id()))
        .filteredOn(ReleaseEvent.SmokePassed.class::isInstance)
        .singleElement()
        .satisfies(
            event ->
                assertThat(((ReleaseEvent.SmokePassed) event).warnings())
                    .singleElement()
                    .satisfies(w -> assertThat(w.message()).contains("does not handle SIGTERM")));
    Await.until(
        "Slack is told",
        () ->
            warning.said(live.id().service()).stream()
                .anyMatch(message -> message.toString().contains("does not handle SIGTERM")));
  }

  @Test
  void aDeafServiceGetsNoTrafficWhereThePolicyBlocks() throws Exception {
    Release polite = blocking.released(TestCrate.named("shop"), work);

    Release deaf = blocking.released(TestCrate.named("shop").version("2.0.0").deaf(), work);

    assertThat(deaf.stage())
        .isInstanceOfSatisfying(
            Stage.RolledBack.class,
            back ->
                assertThat(back.reason()).startsWith("smoke test: it does not handle SIGTERM."));
    assertThat(deaf.history()).extracting(Release.Entered::stage).doesNotContain("canary");
    assertThat(blocking.answer(polite.id())).isEqualTo("Hello from version 1.0.0!");
  }

  @Test
  void aServiceThatLacksSomethingToStartWithIsNotJudged() throws Exception {
    TestCrate crate =
        TestCrate.named("wants")
            .edited(
                "src/main.rs",
                "fn main() -> io::Result<()> {",
                """
                fn main() -> io::Result<()> {
                    if env::var("K_REVISION").is_ok_and(|r| r.ends_with("-trial")) {
                        panic!("no database");
                    }""");

    Release live = blocking.released(crate, work);

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    assertThat(trialRun(live).listens()).isEqualTo(List.of());
    assertThat(trialRun(live).exitCode()).contains(101);
    assertThat(live.warnings()).isEmpty();
  }
}
