package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.slipway.cli.Terminal;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text of somebody who means ill, through a real release, wherever people read of it. */
@Needs(CARGO)
final class HostileTest {

  /** Markup, a mention, a link, escape codes of a terminal, turned writing, and a forged line. */
  private static final String HOSTILE =
      "<script>alert(1)</script> <!channel> <https://evil.example|here> \"'><img src=x onerror=y>"
          + " \u001b[2J\u001b]0;owned\u0007 \u009b31m \u202eerif\u202c \u2066 \u2028"
          + "\n2026-01-01T00:00:00.000Z  INFO     functions/deploy  all is well";

  private static final String DESCRIPTION =
      "description = \"A web server on the standard library alone\"";

  private static final String OBEYED =
      "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]";

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    cloud = TestCloud.start(folder, Duration.ofMillis(300));
  }

  /** A string of TOML and of Rust, close enough. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                quoted.append("\\u").append("%04x".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }

  private static String rust(String text) {
    return quoted(text).replaceAll("\\\\u([0-9a-f]{4})", "\\\\u{$1}");
  }

  private static TestCrate crate(String name) {
    JsonObject git = new JsonObject();
    git.addProperty("sha1", "0123456789abcdef0123456789abcdef01234567");
    JsonObject vcs = new JsonObject();
    vcs.add("git", git);
    vcs.add("path_in_vcs", new JsonPrimitive(HOSTILE));
    return TestCrate.named(name)
        .edited(
            "Cargo.toml",
            DESCRIPTION,
            "description = %s\nauthors = [%s]"
                .formatted(quoted(HOSTILE), quoted(HOSTILE)))
        .with(".cargo_vcs_info.json", vcs.toString());
  }

  @Test
  void aReleaseThatGoesLiveAndIsRolledBackForAHostileReason() throws Exception {
    cloud.released(crate("hostile"), work);
    TestCrate loud =
        crate("hostile")
            .version("1.1.0")
            .with(
                "build.rs",
                "fn main() { print!(\"cargo:warning={}\", %s); }".formatted(rust(HOSTILE)));
    Release live = cloud.released(loud, work);
    assertThat(live.stage()).isInstanceOf(Stage.Live.class);

    cloud.command(new Command(Command.Kind.ROLLBACK, live.id(), HOSTILE, "ana " + HOSTILE));
    Release back =
        cloud.when(live.id(), "its rollback", r -> r.stage() instanceof Stage.RolledBack);

    everywhereHarmless(back);
  }

  @Test
  void aBuildThatFailsWithAHostileLog() throws Exception {
    TestCrate broken =
        crate("broken")
            .with(
                "build.rs",
                "fn main() { eprintln!(\"error: {}\", %s); std::process::exit(1); }"
                    .formatted(rust(HOSTILE)));

    Release failed = cloud.released(broken, work);

    assertThat(failed.stage()).isInstanceOf(Stage.BuildFailed.class);
    String logs = everywhereHarmless(failed);
    assertThat(logs).contains("alert(1)").contains("    2026-01-01T00:00:00.000Z");
  }

  @Test
  void aNameThatCargoWouldRefuseIsRefused() throws Exception {
    TestCrate named =
        crate("named").edited("Cargo.toml", "name = \"named\"", "name = " + quoted(HOSTILE));

    var upload = cloud.upload(named.packed(work), "named.tar.gz");
    ReleaseId id =
        Await.that(() -> "its refusal", () -> cloud.of(upload).stream().findFirst());
    Release refused = cloud.settled(id);

    assertThat(refused.stage()).isInstanceOf(Stage.Rejected.class);
    assertThat(refused.stage().why().orElse("")).contains("cannot name a package", "Cargo.toml");
    everywhereHarmless(refused);
  }

  /** Looks wherever people read of a release; says what {@code slipway logs} shows. */
  private String everywhereHarmless(Release release) throws Exception {
    assertThat(String.join("\n", slack(release))).contains("alert(1)");
    assertThat(page("releases/" + release.id())).contains("&lt;script&gt;alert(1)");
    for (String text : slack(release)) {
      assertThat(text).doesNotContain("<script", "<!channel", "<img", "<https://evil");
      assertThat(text).doesNotContainPattern(OBEYED);
    }
    String service = release.id().service().value();
    for (String path :
        List.of("", "releases", "delivery", "services/" + service, "releases/" + release.id())) {
      String html = page(path);
      assertThat(html).as(path).doesNotContain("<script>alert", "<img", "href=\"https://evil");
      assertThat(html).as(path).doesNotContainPattern(OBEYED);
    }
    Terminal terminal = Terminal.of(folder);
    for (String command : List.of("status", "releases", "logs")) {
      for (String text : List.of(terminal.shows(command), terminal.shows(command, "--json"))) {
        assertThat(text).as(command).doesNotContainPattern(OBEYED);
        assertThat(text.lines()).as(command).noneMatch(l -> l.startsWith("2026-01-01T00:00:00"));
      }
    }
    return terminal.shows("logs", "--release", release.id().toString());
  }

  private static String page(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> page =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(LaptopSetup.page(cloud.cloud().endpoints()) + path))
                  .build(),
              BodyHandlers.ofString());
      assertThat(page.statusCode()).as(path).isIn(200, 404);
      return page.body();
    }
  }

  /** Every text Slack was sent of a release, its thread included. */
  private static List<String> slack(Release release) {
    SlackMessage message =
        Await.that(
            () -> "the message of " + release.id(),
            () ->
                cloud.cloud().slack().messages().stream()
                    .filter(m -> m.threadTs() == null)
                    .filter(m -> m.now().blocks().contains(release.id().toString()))
                    .filter(m -> cloud.thread(m).size() >= release.sequence())
                    .findFirst());
    List<String> texts = new ArrayList<>();
    List<SlackMessage> all = new ArrayList<>(cloud.thread(message));
    all.add(message);
    for (SlackMessage each : all) {
      texts.add(each.now().text());
      Optional.of(each.now().blocks())
          .filter(blocks -> !blocks.isEmpty())
          .ifPresent(blocks -> collect(JsonParser.parseString(blocks), texts));
    }
    return texts;
  }

  private static void collect(JsonElement element, List<String> texts) {
    switch (element) {
      case JsonObject object -> object.asMap().values().forEach(v -> collect(v, texts));
      case JsonArray array -> array.forEach(v -> collect(v, texts));
      default -> texts.add(element.getAsString());
    }
  }
}
