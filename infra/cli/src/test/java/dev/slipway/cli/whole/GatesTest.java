package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Measure;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that pass their smoke test, judged by what they answer and log afterwards. */
@Needs(CARGO)
final class GatesTest {

  private static final Duration HOLD = Duration.ofSeconds(3);

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    cloud =
        TestCloud.gated(
            folder, HOLD, "{window: 1s, lag: 0s, minRequests: 20, syntheticRequests: 15}");
  }

  /** Users who ask a service again and again until they stop. */
  private static final class Users {

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    Users(String url) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/")).build();
      thread = Thread.ofVirtual().start(() -> ask(request));
    }

    private void ask(HttpRequest request) {
      try (HttpClient http = HttpClient.newHttpClient()) {
        while (!stop.await(5, TimeUnit.MILLISECONDS)) {
          try {
            var unused = http.send(request, BodyHandlers.discarding());
          } catch (IOException e) {
            // A user whose request failed asks again.
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void stop() throws InterruptedException {
      stop.countDown();
      thread.join();
    }
  }

  private Release underLoad(Release stable, TestCrate crate) throws InterruptedException {
    Users users = new Users(cloud.service(stable.id()).getUri());
    try {
      return cloud.released(crate, work);
    } finally {
      users.stop();
    }
  }

  private static long steps(ReleaseId id) {
    return cloud.events(id).stream().filter(ReleaseEvent.StepReached.class::isInstance).count();
  }

  @Test
  void aReleaseThatFailsAFifthOfItsRequestsIsRolledBackInItsFirstStep() throws Exception {
    Release stable = cloud.released(TestCrate.named("fifth"), work);

    Release bad =
        underLoad(
            stable,
            TestCrate.named("fifth")
                .version("2.0.0")
                .edited("Cargo.toml", "[features]", "[features]\ndefault = [\"flaky\"]"));

    assertThat(bad.stage()).isInstanceOf(Stage.RolledBack.class);
    assertThat(steps(bad.id())).isEqualTo(1);
    Verdict verdict = bad.verdicts().getLast();
    Measure errors = verdict.measure("error rate").orElseThrow();
    assertThat(errors.outcome()).isEqualTo(Verdict.Outcome.UNHEALTHY);
    assertThat(errors.actual().orElseThrow()).isBetween(8.0, 30.0);
    assertThat(cloud.split(stable.id())).isEqualTo(Map.of(stable.id().revision(), 100));
    assertThat(cloud.get(stable.id()).stage()).isInstanceOf(Stage.Live.class);
    Await.until(
        "the verdict in Slack",
        () ->
            cloud.said(bad.id().service()).getLast().now().blocks().contains("gate: unhealthy"));
  }

  @Test
  void aReleaseNobodyAsksIsJudgedByRequestsOfSlipwaysOwn() {
    cloud.released(TestCrate.named("quiet"), work);

    Release live = cloud.released(TestCrate.named("quiet").version("2.0.0"), work);

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    assertThat(live.verdicts()).hasSize(2);
    Verdict first = live.verdicts().getFirst();
    assertThat(first.synthetic()).isPositive();
    assertThat(first.measure("error rate").orElseThrow().words()).contains("of them synthetic");
  }

  @Test
  void aReleaseThatPanicsIsRolledBackThoughEveryRequestIsAnswered() throws Exception {
    Release stable = cloud.released(TestCrate.named("panics"), work);

    Release bad =
        underLoad(
            stable,
            TestCrate.named("panics")
                .version("2.0.0")
                .edited(
                    "src/main.rs",
                    "_ => (\"200 OK\", format!(",
                    "_ => (\"200 OK\", { let _ = thread::spawn(|| panic!(\"on purpose\")).join(); format!(")
                .edited("src/main.rs", "{VERSION}!\\n\")),", "{VERSION}!\\n\") }),"));

    assertThat(((Stage.RolledBack) bad.stage()).reason()).contains("panicked at src/main.rs");
    assertThat(steps(bad.id())).isEqualTo(1);
    assertThat(bad.verdicts().getLast().measure("panic")).isPresent();
  }

  @Test
  void fault26_aReleaseThatCrashesAgainAndAgainIsRolledBack() throws Exception {
    Release stable = cloud.released(TestCrate.named("crashes"), work);

    Release bad =
        underLoad(
            stable,
            TestCrate.named("crashes")
                .version("2.0.0")
                .edited(
                    "src/main.rs",
                    "_ => (\"200 OK\", format!(\"Hello",
                    "\"/\" => std::process::exit(7),\n        _ => (\"200 OK\", format!(\"Hello"));

    assertThat(((Stage.RolledBack) bad.stage()).reason()).contains("unhealthy");
    assertThat(steps(bad.id())).isEqualTo(1);
    assertThat(cloud.split(stable.id())).isEqualTo(Map.of(stable.id().revision(), 100));
  }
}
