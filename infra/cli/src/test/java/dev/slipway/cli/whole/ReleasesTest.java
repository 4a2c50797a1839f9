package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases from upload to their end, each of a service of its own in one cloud. */
@Needs(CARGO)
final class ReleasesTest {

  private static final Duration HOLD = Duration.ofMillis(300);

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    cloud = TestCloud.start(folder, HOLD);
  }

  private static List<String> stages(Release release) {
    return release.history().stream().map(Release.Entered::stage).toList();
  }

  @Test
  void aFirstReleaseGoesLiveAndTheSameContentAgainChangesNothing() throws Exception {
    TestCrate crate = TestCrate.named("first");

    Release live = cloud.released(crate, work);
    Release again = cloud.released(crate, work);

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    assertThat(stages(live))
        .containsExactly("received", "building", "built", "candidate", "candidate", "live");
    assertThat(live.image().orElseThrow().compressedBytes()).isPositive();
    assertThat(live.image().orElseThrow().uncompressedBytes())
        .isGreaterThan(live.image().orElseThrow().compressedBytes());
    assertThat(live.report().orElseThrow().binaryBytes()).isPositive();
    assertThat(cloud.split(live.id())).isEqualTo(Map.of(live.id().revision(), 100));
    assertThat(cloud.answer(live.id())).isEqualTo("Hello from version 1.0.0!");
    assertThat(again.stage()).isEqualTo(new Stage.Unchanged(live.id()));
    assertThat(cloud.builds(again.id())).isEmpty();
    Await.until(
        "one message a release, up to date",
        () ->
            cloud.said(live.id().service()).stream()
                .map(message -> message.now().text())
                .toList()
                .equals(
                    List.of(
                        ":white_check_mark: *first* 1.0.0: live, 100% of traffic",
                        ":white_check_mark: *first* 1.0.0: unchanged, `%s` is live already"
                            .formatted(live.id()))));
  }

  @Test
  void aSecondReleaseTakesTheTrafficStepByStepAndACommandRollsItBack() throws Exception {
    Release first = cloud.released(TestCrate.named("second"), work);
    ReleaseId id = cloud.push(TestCrate.named("second").version("2.0.0"), work);
    String old = first.id().revision();
    Set<Map<String, Integer>> splits = new HashSet<>();

    Release live =
        cloud.when(
            id,
            "its end",
            release -> {
              splits.add(cloud.split(first.id()));
              return release.stage() instanceof Stage.Settled;
            });

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    assertThat(cloud.events(id))
        .filteredOn(
            e -> e instanceof ReleaseEvent.StepReached || e instanceof ReleaseEvent.Promoted)
        .containsExactly(
            new ReleaseEvent.StepReached(0, 10),
            new ReleaseEvent.StepReached(1, 50),
            new ReleaseEvent.Promoted(false, Duration.ZERO));
    assertThat(splits)
        .isSubsetOf(
            Map.of(old, 100),
            Map.of(old, 90, id.revision(), 10),
            Map.of(old, 50, id.revision(), 50),
            Map.of(id.revision(), 100));
    assertThat(cloud.get(first.id()).stage()).isEqualTo(new Stage.Replaced(id));
    assertThat(cloud.answer(id)).isEqualTo("Hello from version 2.0.0!");

    cloud.command(new Command(Command.Kind.ROLLBACK, id, "alice", "it is slow"));
    Release back = cloud.when(id, "its rollback", r -> r.stage() instanceof Stage.RolledBack);

    assertThat(back.stage()).isEqualTo(new Stage.RolledBack("it is slow (alice)", old));
    assertThat(cloud.get(first.id()).stage()).isInstanceOf(Stage.Live.class);
    assertThat(cloud.split(id)).isEqualTo(Map.of(old, 100));
    assertThat(cloud.answer(id)).isEqualTo("Hello from version 1.0.0!");
  }

  @Test
  void aCandidateThatIsNotWellIsTakenBackBeforeAnyoneIsSentToIt() throws Exception {
    Release well = cloud.released(TestCrate.named("health"), work);

    Release unwell =
        cloud.released(TestCrate.named("health").version("2.0.0").unhealthy(), work);

    assertThat(unwell.stage())
        .isInstanceOfSatisfying(
            Stage.RolledBack.class,
            stage -> {
              assertThat(stage.reason()).contains("GET /health answered 500", "unwell");
              assertThat(stage.restored()).isEqualTo(well.id().revision());
            });
    assertThat(stages(unwell)).doesNotContain("canary", "live");
    assertThat(cloud.get(well.id()).stage()).isInstanceOf(Stage.Live.class);
    assertThat(cloud.split(well.id())).isEqualTo(Map.of(well.id().revision(), 100));
    assertThat(cloud.answer(well.id())).isEqualTo("Hello from version 1.0.0!");
  }

  @Test
  void aHostileArchiveIsRefusedWithAMessage() {
    TestCrate hostile = TestCrate.named("hostile").with("../../etc/cron.d/evil", "* * * * *");

    Upload upload = cloud.upload(hostile.packed(work), "hostile.tar.gz");

    ReleaseId id = Await.that(() -> "a release", () -> cloud.of(upload).stream().findFirst());
    assertThat(cloud.settled(id).stage())
        .isInstanceOfSatisfying(
            Stage.Rejected.class, stage -> assertThat(stage.findings()).isNotEmpty());
    assertThat(cloud.builds(id)).isEmpty();
    SlackMessage said =
        Await.that(() -> "a message", () -> cloud.said(id.service()).stream().findFirst());
    assertThat(said.now().text()).isEqualTo(":no_entry: *hostile*: rejected");
    assertThat(said.now().blocks()).contains("etc/cron.d/evil");
  }

  @Test
  void aCrateThatDoesNotCompileEndsWithTheCompilersWords() {
    TestCrate broken =
        TestCrate.named("broken").edited("src/main.rs", "fn main()", "fn mian_() {}\nfn main_()");

    Release failed = cloud.released(broken, work);

    assertThat(failed.stage())
        .isInstanceOfSatisfying(
            Stage.BuildFailed.class,
            stage -> assertThat(stage.excerpt()).contains("error[E0601]", "main"));
  }

  @Test
  void fault01_anEventDeliveredManyTimesAtOnceMakesOneBuild() throws Exception {
    // An object of another prefix would do as well: what counts is that all five come at once.
    Upload upload =
        cloud.upload(TestCrate.named("many").slowToBuild(1).packed(work), "many.tar.gz");
    Callable<Integer> delivery = () -> deliver(upload);

    List<Future<Integer>> answers;
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      answers = workers.invokeAll(List.of(delivery, delivery, delivery, delivery, delivery));
    }

    assertThat(answers).extracting(Future::resultNow).containsOnly(200);
    ReleaseId id = cloud.of(upload).getFirst();
    assertThat(cloud.settled(id).stage()).isInstanceOf(Stage.Live.class);
    assertThat(cloud.of(upload)).containsExactly(id);
    assertThat(cloud.events(id))
        .filteredOn(ReleaseEvent.BuildSubmitted.class::isInstance)
        .hasSize(1);
    assertThat(cloud.builds(id))
        .filteredOn(build -> build.getStatus() != Build.Status.CANCELLED)
        .hasSize(1);
  }

  /** Delivers the upload's one event, as Eventarc does when an acknowledgement is lost. */
  private static int deliver(Upload upload) throws Exception {
    String body =
        "{\"kind\":\"storage#object\",\"bucket\":\"%s\",\"name\":\"%s\",\"generation\":\"%d\"}"
            .formatted(upload.bucket(), upload.object(), upload.generation());
    URI address = cloud.cloud().functions().address("build");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(address)
                  .header("content-type", "application/json")
                  .header("ce-specversion", "1.0")
                  .header("ce-id", "1")
                  .header(
                      "ce-source",
                      "//storage.googleapis.com/projects/_/buckets/" + upload.bucket())
                  .header("ce-type", "google.cloud.storage.object.v1.finalized")
                  .header("ce-subject", "objects/" + upload.object())
                  .POST(BodyPublishers.ofString(body, UTF_8))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }
}
