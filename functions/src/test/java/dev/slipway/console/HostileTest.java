package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.ask.Event;
import dev.slipway.console.page.Assets;
import dev.slipway.release.Changes;
import dev.slipway.release.Contents;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Samples;
import dev.slipway.release.Source;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text from outside, wherever it can come in, shows as text. */
final class HostileTest {

  private static final String HOSTILE =
      "</pre><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick=\"alert(3)"
          + " javascript:alert(4) \u001B[2J\u202E<!channel>";

  private final World world = new World();

  private static Release hostile() {
    Release ok = Samples.release(new Stage.Paused(Samples.ROLLOUT, 0, 10, HOSTILE));
    Crate c = Samples.CRATE;
    Crate crate =
        new Crate(
            c.service(),
            HOSTILE,
            HOSTILE,
            HOSTILE,
            Optional.of(HOSTILE),
            Optional.of(HOSTILE),
            HOSTILE,
            Optional.of(new Crate.Commit(HOSTILE, true, HOSTILE)),
            1,
            HOSTILE,
            List.of(HOSTILE),
            c.settings());
    Upload upload = new Upload("uploads", HOSTILE, 1);
    Changes changes =
        new Changes(
            Samples.OTHER,
            List.of(HOSTILE),
            new Changes.Packages(1, 0, 0, 0),
            List.of(HOSTILE));
    Contents contents =
        new Contents(
            Optional.of(changes),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(Finding.at(HOSTILE, HOSTILE, HOSTILE)));
    return new Release(
        ok.id(),
        ok.sequence(),
        ok.stage(),
        upload,
        Optional.of(new Source(upload, HOSTILE, 1, Samples.SOURCE.archive())),
        Optional.of(crate),
        ok.image(),
        ok.report(),
        Optional.of(contents),
        ok.cost(),
        List.of(Finding.of("x", HOSTILE)),
        ok.history(),
        ok.journey());
  }

  private static List<Event> events() {
    return List.of(
        new Event(1, Samples.NOW, HOSTILE, new ReleaseEvent.BuildSubmitted(HOSTILE, 1)),
        new Event(2, Samples.NOW, HOSTILE, new ReleaseEvent.BuildFailed(HOSTILE, HOSTILE)),
        new Event(3, Samples.NOW, HOSTILE, new ReleaseEvent.Paused(HOSTILE)));
  }

  @Test
  void fault47_aHostileCrateCommandAndBuildLogAreHarmlessOnEveryPage() {
    Release release = world.add(hostile(), events());
    world.log = HOSTILE;

    for (String path :
        List.of("/", "/releases", "/services/hello", "/delivery", "/releases/" + release.id())) {
      String page = world.as("dora@acme.example", path).text();

      assertThat(page)
          .as(path)
          .doesNotContain("<script>", "<img", "<!channel>", " onclick=\"", "\u001B", "\u202E");
      assertThat(page.split("<script", -1)).hasSize(2);
    }
    assertThat(world.as("dora@acme.example", "/releases/" + release.id()).text())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void aHostileBuildLogAsTextGivesATerminalNoOrders() {
    Release release = world.add(hostile(), events());
    world.log = "\u001B[2Jgone \u001B]0;x\u0007 \u0007 <b>";

    var reply = world.as("vic@acme.example", "/releases/" + release.id() + "/log");

    assertThat(reply.headers().get("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.text()).isEqualTo("gone  ␇ <b>");
  }

  @Test
  void aFirstVisitIsUnderAHundredKilobytesInAll() {
    world.log = "   Compiling serde v1.0.0\n".repeat(10_000);
    List<Event> many =
        IntStream.rangeClosed(1, 60)
            .mapToObj(
                i ->
                    new Event(
                        i, Samples.NOW, "ana@acme.example", new ReleaseEvent.BuildSubmitted("b", i)))
            .toList();
    Release release =
        world.add(Samples.release(new Stage.Canary(Samples.ROLLOUT, 0, 10, Samples.NOW)), many);

    for (String path : List.of("/", "/releases/" + release.id(), "/services/hello", "/delivery")) {
      byte[] page = world.as("ana@acme.example", path).text().getBytes(StandardCharsets.UTF_8);

      System.out.printf("%s: %d bytes, assets %d%n", path, page.length, Assets.bytes());
      assertThat(page.length + Assets.bytes()).as(path).isLessThan(100_000);
    }
  }
}
