package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.log.Trace;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release as people see it in Slack, and what they do to it there. */
@Needs(CARGO)
final class SlackTest {

  private static final String LABELS = "logging.googleapis.com/labels";

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    cloud = TestCloud.start(folder, Duration.ofMillis(300));
  }

  private static HttpResponse<String> send(String path, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(cloud.cloud().endpoints().http() + path))
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body, UTF_8))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static SlackMessage message(Release release) {
    return Await.that(
        () -> "the message of " + release.id(),
        () ->
            cloud.said(release.id().service()).stream()
                .filter(m -> m.now().blocks().contains(release.id().toString()))
                .filter(m -> cloud.thread(m).size() == release.sequence())
                .findFirst());
  }

  private static List<String> buttons(SlackMessage message) {
    List<String> ids = new ArrayList<>();
    for (JsonElement block : JsonParser.parseString(message.now().blocks()).getAsJsonArray()) {
      if (block.getAsJsonObject().get("type").getAsString().equals("actions")) {
        for (JsonElement button : block.getAsJsonObject().getAsJsonArray("elements")) {
          ids.add(button.getAsJsonObject().get("action_id").getAsString());
        }
      }
    }
    return ids;
  }

  @Test
  void aClickInSlackRollsTheReleaseBackInTheNameOfWhoClicked() throws Exception {
    Release first = cloud.released(TestCrate.named("clicked"), work);
    Release second = cloud.released(TestCrate.named("clicked").version("2.0.0"), work);
    SlackMessage before = message(second);
    assertThat(buttons(before)).contains("slipway.rollback");
    assertThat(before.now().blocks()).contains("100% this release");

    JsonObject clicked =
        json(
            send(
                "/slack/click",
                """
                {"channel": "releases", "ts": "%s", "action_id": "slipway.rollback",
                 "user": "U0ANA", "name": "ana"}
                """
                    .formatted(before.ts())));
    assertThat(clicked.get("status").getAsInt()).isEqualTo(200);
    JsonObject submitted =
        json(
            send(
                "/slack/submit",
                """
                {"view_id": "%s", "text": "the greeting is <!channel> wrong",
                 "user": "U0ANA", "name": "ana"}
                """
                    .formatted(clicked.getAsJsonObject("view").get("id").getAsString())));
    assertThat(submitted.get("status").getAsInt()).isEqualTo(200);
    assertThat(submitted.get("body").getAsString()).isEmpty();

    Release back =
        cloud.when(second.id(), "its rollback", r -> r.stage() instanceof Stage.RolledBack);
    assertThat(((Stage.RolledBack) back.stage()).reason())
        .isEqualTo("the greeting is <!channel> wrong (slack:U0ANA (ana))");
    assertThat(cloud.get(first.id()).stage()).isInstanceOf(Stage.Live.class);
    SlackMessage after = message(back);
    assertThat(after.ts()).isEqualTo(before.ts());
    assertThat(buttons(after)).doesNotContain("slipway.rollback");
    assertThat(after.now().blocks())
        .contains("by slack:U0ANA (ana)", "&lt;!channel&gt;")
        .doesNotContain("<!channel>");
    assertThat(cloud.thread(after))
        .extracting(reply -> reply.now().text())
        .hasSize((int) back.sequence())
        .doesNotHaveDuplicates();
    // One edit a transition, and no more.
    assertThat(after.edits()).isLessThan((int) back.sequence());
  }

  @Test
  void whatSlackDidNotSignDoesNothing() throws Exception {
    HttpResponse<String> answer =
        send("/functions/console/slack/interactions", "payload=%7B%22type%22%3A%22x%22%7D");

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void theChannelCanBeLookedAtInABrowser() throws Exception {
    Release live = cloud.released(TestCrate.named("looked-at"), work);
    message(live);

    HttpResponse<String> page;
    try (HttpClient http = HttpClient.newHttpClient()) {
      page =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(cloud.cloud().endpoints().http() + "/slack/?channel=releases"))
                  .build(),
              BodyHandlers.ofString());
    }

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).contains("<h3>looked-at 1.0.0", "100% this release");
  }

  @Test
  void oneTraceRunsThroughTheLogsOfEveryFunction() throws Exception {
    Release live = cloud.released(TestCrate.named("traced"), work);
    message(live);

    List<JsonObject> lines = new ArrayList<>();
    for (String line : Files.readAllLines(LaptopSetup.log(folder))) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      JsonElement release = json.getAsJsonObject(LABELS).get("release");
      if (release != null && release.getAsString().equals(live.id().toString())) {
        lines.add(json);
      }
    }

    assertThat(lines)
        .extracting(line -> line.getAsJsonObject(LABELS).get("function").getAsString())
        .contains("build", "deploy", "notify");
    assertThat(lines)
        .extracting(line -> line.get("logging.googleapis.com/trace").getAsString())
        .containsOnly("projects/laptop/traces/" + Trace.of(live.id()));
    assertThat(lines)
        .extracting(line -> line.get("message").getAsString())
        .contains(live.id() + " is received, event 1", live.id() + " is live, event 6")
        .noneMatch(message -> message.contains("xoxb-"));
  }

  /** With {@code -Dslipway.pictures=FOLDER}: draws the channel for the documentation. */
  @Test
  void theChannelIsDrawnForTheDocumentation() throws Exception {
    String pictures = System.getProperty("slipway.pictures", "");
    if (pictures.isEmpty()) {
      String reason = "no pictures are asked for with -Dslipway.pictures=FOLDER";
      System.out.println("Skipped, " + reason);
      Assumptions.abort(reason);
    }
    try (TestCloud own = TestCloud.start(work.resolve("cloud"), Duration.ofSeconds(20))) {
      own.released(TestCrate.named("greeter"), work);
      ReleaseId second = own.push(TestCrate.named("greeter").version("1.1.0"), work);
      Release canary =
          own.when(second, "its canary", r -> r.stage() instanceof Stage.Canary);
      Await.until(
          "its thread",
          () ->
              own.said(second.service()).stream()
                  .anyMatch(m -> own.thread(m).size() == canary.sequence()));
      Process chromium =
          new ProcessBuilder(
                  "chromium",
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--hide-scrollbars",
                  "--force-device-scale-factor=1.5",
                  "--window-size=1000,1180",
                  "--user-data-dir=" + work.resolve("chromium"),
                  "--screenshot=" + Path.of(pictures).resolve("slack.png").toAbsolutePath(),
                  own.cloud().endpoints().http() + "/slack/")
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("chromium.log").toFile())
              .start();
      assertThat(chromium.waitFor()).isZero();
    }
    assertThat(Path.of(pictures).resolve("slack.png")).exists();
  }
}
