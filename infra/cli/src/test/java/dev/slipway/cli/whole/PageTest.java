package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.BROWSER;
import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.slipway.cli.browser.Browser;
import dev.slipway.cli.browser.Page;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, over a laptop cloud with real builds.
 *
 * <p>With {@code -Dslipway.pictures=true} it also takes the pictures of the documentation.
 */
@Needs({BROWSER, CARGO})
final class PageTest {

  private static final Duration HOLD = Duration.ofMillis(1500);
  private static final Path PICTURES =
      Path.of(System.getProperty("slipway.root", "../.."), "docs", "images");

  @TempDir static Path folder;
  @TempDir static Path profile;

  @AutoClose private static LookedAt looked;
  private static TestCloud cloud;
  private static Browser browser;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    looked = LookedAt.start(TestCloud.start(folder, HOLD), profile);
    cloud = looked.cloud();
    browser = looked.browser();
  }

  private static String page(String path) {
    return looked.page(path);
  }

  private static void picture(Page page, String name) {
    if (Boolean.getBoolean("slipway.pictures")) {
      page.picture(PICTURES.resolve(name + ".png"));
    }
  }

  @Test
  void aReleaseIsFollowedFromUploadToLiveAndRolledBackByAClick() throws Exception {
    try (Page page = browser.open(page(""))) {
      page.size(1100, 800, 1);
      page.awaitText("#live", "live");
      page.value("window.sameDocument = true");

      Release first = cloud.released(TestCrate.named("shop"), work);
      page.awaitText("#services", "100 % 1.0.0");
      ReleaseId second = cloud.push(TestCrate.named("shop").version("2.0.0").slowToBuild(6), work);
      page.awaitText("#latest", "shop 2.0.0");
      assertThat(page.truth("window.sameDocument")).as("it was never loaded anew").isTrue();

      page.click("#latest a[href$='%s']".formatted(second));
      page.awaitText("h1", "shop 2.0.0");
      page.awaitText("#live", "live");
      page.value("window.sameDocument = true");
      page.awaitText("#log", "BUILD");
      assertThat(page.text("#status .stage")).as("the log is there while it builds").isEqualTo("building");
      page.awaitText("#status", "canary, 10 % of the traffic");
      picture(page, "page-release-light");
      page.awaitText("#status .shares", "10 % 2.0.0");
      page.awaitText("#status .stage", "live");
      page.awaitText("#status .shares", "100 % 2.0.0");
      page.awaitText("#said", "shop 2.0.0: live");
      assertThat(page.truth("window.sameDocument")).as("it was never loaded anew").isTrue();

      page.click("#do-rollback-open");
      page.click("#do-rollback-reason");
      page.type("it is slow");
      picture(page, "page-rollback-light");
      page.click("#do-rollback button");

      page.awaitText(".notice", "Asked for: Roll back");
      page.awaitText("#status .stage", "rolled back");
      assertThat(page.text("#timeline")).contains("it is slow (you@laptop)");
      assertThat(cloud.get(second).stage())
          .isEqualTo(new Stage.RolledBack("it is slow (you@laptop)", first.id().revision()));
      assertThat(cloud.split(second)).isEqualTo(Map.of(first.id().revision(), 100));
      page.click("#status .why a");
      page.awaitText("h1", "shop 1.0.0");
      page.awaitText("#status .stage", "live");
      page.go(page("services/shop"));
      page.awaitText("#live", "live");
      picture(page, "page-service-light");
      page.scheme("dark");
      page.go(page(""));
      page.awaitText("#services", "100 % 1.0.0");
      picture(page, "page-dark");
      page.scheme("light");
      picture(page, "page-light");
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void whereNoStreamGetsThroughThePageLooksForItself() {
    cloud.released(TestCrate.named("proxied"), work);
    try (Page page = browser.open(page("delivery"))) {
      page.block("*/api/stream*");
      page.go(page("services/proxied"));
      page.awaitText("#live", "looking every 5 s");
      page.value("window.sameDocument = true");

      Release second = cloud.released(TestCrate.named("proxied").version("3.0.0"), work);

      assertThat(second.stage()).isInstanceOf(Stage.Live.class);
      page.awaitText("#main", "100 % 3.0.0");
      assertThat(page.truth("window.sameDocument")).as("it was never loaded anew").isTrue();
      assertThat(page.asked()).as("it was tried").anyMatch(url -> url.endsWith("/api/stream"));
    }
  }

  @Test
  void everythingCanBeDoneWithTheKeyboardAlone() {
    Release live = cloud.released(TestCrate.named("keyboard"), work);
    try (Page page = browser.open(page("releases/" + live.id()))) {
      page.awaitText("#live", "live");

      page.key("Tab");
      assertThat(page.text(":focus")).isEqualTo("Skip to the content");
      page.key("Enter");
      assertThat(page.truth("location.hash === '#main'")).isTrue();
      tabTo(page, "do-hold-open");
      page.key("Enter");
      page.key("Tab");
      assertThat(page.focused()).isEqualTo("do-hold-reason");
      page.type("the till ");
      ReleaseId next = cloud.push(TestCrate.named("keyboard").version("1.1.0"), work);
      page.awaitText("#status .shares", "10 %");
      assertThat(page.focused()).as("the focus stays while parts change").isEqualTo("do-hold-reason");
      page.type("is closed");
      page.key("Enter");

      page.awaitText(".notice", "Asked for: Hold the service");
      page.awaitText("#timeline", "The service is held: the till is closed");
      assertThat(cloud.settled(next).stage()).isInstanceOf(Stage.Settled.class);
    }
  }

  private static void tabTo(Page page, String id) {
    for (int i = 0; i < 40 && !page.focused().equals(id); i++) {
      page.key("Tab");
    }
    assertThat(page.focused()).isEqualTo(id);
    assertThat(page.truth("document.activeElement.matches(':focus-visible')")).isTrue();
  }

  @Test
  void everyPageIsReadableOnAPhoneSaysWhatItIsAndAsksNobodyElse() {
    Release live = cloud.released(TestCrate.named("phone"), work);
    try (Page page = browser.open(page(""))) {
      page.size(360, 740, 2);
      for (String path :
          List.of("", "releases", "services/phone", "delivery", "releases/" + live.id(), "nothing")) {
        page.go(page(path));

        assertThat(page.value("document.documentElement.scrollWidth").getAsInt())
            .as(path)
            .isLessThanOrEqualTo(360);
        assertThat(
                page.truth(
                    "document.querySelectorAll('h1').length === 1 && document.title"
                        + " && document.documentElement.lang === 'en'"))
            .as(path)
            .isTrue();
        assertThat(roles(page)).as(path).contains("main", "banner", "navigation", "heading");
        assertThat(nameless(page)).as(path).isEmpty();
        if (path.startsWith("releases/")) {
          picture(page, "page-phone");
        }
      }
      assertThat(page.asked()).allSatisfy(url -> assertThat(url).startsWith(page("")));
      // The browser tells of the page that is not there; of nothing else.
      assertThat(page.complaints()).allSatisfy(c -> assertThat(c).contains("/nothing"));
    }
  }

  private static List<String> roles(Page page) {
    return page.accessibility().asList().stream().map(node -> text(node, "role")).toList();
  }

  /** What can be acted upon and has no name to be called by. */
  private static List<String> nameless(Page page) {
    Set<String> acted = Set.of("button", "link", "textbox", "DisclosureTriangle", "image", "img");
    return page.accessibility().asList().stream()
        .filter(node -> !node.getAsJsonObject().get("ignored").getAsBoolean())
        .filter(node -> acted.contains(text(node, "role")) && text(node, "name").isBlank())
        .map(JsonElement::toString)
        .toList();
  }

  private static String text(JsonElement node, String property) {
    JsonObject object = node.getAsJsonObject().getAsJsonObject(property);
    return object == null || !object.has("value") ? "" : object.get("value").getAsString();
  }

  @Test
  void aFirstVisitIsUnderAHundredKilobytesAndIsPainted() {
    Release live = cloud.released(TestCrate.named("light"), work);
    for (String path : List.of("", "releases/" + live.id(), "services/light", "delivery")) {
      try (Page page = browser.open(page("releases"))) {
        page.go(page(path));
        page.awaitText("#live", "live");
        Await.until(
            "a first paint",
            () -> page.truth("performance.getEntriesByName('first-contentful-paint').length"));
        int bytes =
            page.value(
                    """
                    performance.getEntriesByType('navigation')
                      .concat(performance.getEntriesByType('resource'))
                      .reduce((sum, e) => sum + (e.encodedBodySize || 0), 0)
                    """)
                .getAsInt();
        assertThat(bytes).isPositive().isLessThan(100_000);
      }
    }
  }
}
