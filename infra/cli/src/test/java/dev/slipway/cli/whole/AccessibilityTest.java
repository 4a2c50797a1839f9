package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.BROWSER;
import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.browser.Axe;
import dev.slipway.cli.browser.Browser;
import dev.slipway.cli.browser.Page;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page, and a release in every kind of stage, has nothing that keeps people from using it. */
@Needs({BROWSER, CARGO})
final class AccessibilityTest {

  /** Its canaries stay where they are, so that they can be looked at. */
  private static final String POLICY =
      """
      {steps: [10, 100], hold: 10m, watch: 0s, candidateDeadline: 60s,
       gate: {window: 1s, lag: 0s, minRequests: 1, syntheticRequests: 5}}
      """;

  @TempDir static Path folder;
  @TempDir static Path profile;

  @AutoClose private static LookedAt looked;
  private static TestCloud cloud;
  private static Browser browser;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    looked = LookedAt.start(TestCloud.ruled(folder, POLICY), profile);
    cloud = looked.cloud();
    browser = looked.browser();
  }

  @Test
  void nothingKeepsPeopleFromUsingAnyPageLightOrDarkWideOrNarrow() throws Exception {
    Map<String, String> paths = paths();
    Axe axe = new Axe();
    List<String> violations = new ArrayList<>();
    try (Page page = browser.open(looked.page(""))) {
      for (Map.Entry<String, String> path : paths.entrySet()) {
        page.go(looked.page(path.getValue()));
        unfold(page);
        for (int width : List.of(1100, 360)) {
          page.size(width, 900, 1);
          for (String scheme : List.of("light", "dark")) {
            page.scheme(scheme);

            Axe.Findings findings = axe.look(page);

            assertThat(findings.passes()).as("it has looked").contains("color-contrast");
            findings.violations().stream()
                .map(v -> "%s, %s, %d wide: %s".formatted(path.getKey(), scheme, width, v))
                .forEach(violations::add);
          }
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  /** What is folded away is not looked at otherwise. */
  private static void unfold(Page page) {
    var unused =
        page.value("document.querySelectorAll('details').forEach((e) => { e.open = true; })");
  }

  private Map<String, String> paths() throws Exception {
    Map<String, String> paths = new LinkedHashMap<>();
    Release first = cloud.released(TestCrate.named("seen"), work);
    ReleaseId back = cloud.push(TestCrate.named("seen").version("2.0.0"), work);
    cloud.when(back, "a canary", release -> release.stage() instanceof Stage.Canary);
    cloud.command(new Command(Command.Kind.ROLLBACK, back, "ana", "too slow"));
    Release rejected =
        cloud.settled(cloud.push(TestCrate.named("refused").edited("Cargo.toml", "edition", "x"), work));
    ReleaseId failed =
        cloud.push(TestCrate.named("broken").edited("src/main.rs", "fn main()", "fn main(!)"), work);
    cloud.settled(back);
    cloud.command(new Command(Command.Kind.UNHOLD, back, "ana", "go on"));
    ReleaseId canary = cloud.push(TestCrate.named("seen").version("3.0.0"), work);
    cloud.when(canary, "a canary", release -> release.stage() instanceof Stage.Canary);
    cloud.command(new Command(Command.Kind.PAUSE, canary, "ana", "look first"));
    cloud.settled(failed);
    ReleaseId building = cloud.push(TestCrate.named("slow").slowToBuild(30), work);
    cloud.when(building, "its build", release -> release.stage() instanceof Stage.Building);
    paths.put("overview", "");
    paths.put("releases", "releases");
    paths.put("service", "services/seen");
    paths.put("delivery", "delivery");
    paths.put("nothing there", "nothing");
    paths.put("live", "releases/" + first.id());
    paths.put("rolled back", "releases/" + back);
    paths.put("canary, asked for something", "releases/" + canary + "?asked=PROMOTE");
    paths.put("rejected", "releases/" + rejected.id());
    paths.put("failed", "releases/" + failed);
    paths.put("building", "releases/" + building);
    return paths;
  }
}
