package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import dev.slipway.local.chaos.Chaos;
import dev.slipway.local.chaos.Fault;
import dev.slipway.local.chaos.Odds;
import dev.slipway.local.chaos.Rule;
import dev.slipway.local.chaos.Standing;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real functions and real clients, in a cloud where everything that may fail does. */
@Needs(CARGO)
final class ChaosTest {

  private static final Duration HOLD = Duration.ofMillis(500);
  private static final Odds ONCE = new Odds(1, 1, 1, 0);

  @TempDir Path folder;
  @TempDir Path work;

  @Test
  void releasesGoLiveThoughCallsFailAndMessagesComeTwiceLateOrNever() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder, HOLD)) {
      Chaos chaos = cloud.cloud().chaos();
      chaos.add(Rule.of("event:uploads", Fault.DUPLICATE));
      chaos.add(Rule.of("event:builds", Fault.REORDER).lasting(Duration.ofSeconds(1)));
      chaos.add(Rule.of("event:builds", Fault.DUPLICATE).lasting(Duration.ofSeconds(1)));
      chaos.add(Rule.of("message:*ticks*", Fault.DROP).with(new Odds(0, 3, 1, 0)));
      chaos.add(createBuild(Fault.TIMEOUT).lasting(Duration.ofSeconds(1)).with(ONCE));
      chaos.add(services("CreateService", Fault.AFTER).with(ONCE));
      chaos.add(services("UpdateService", Fault.AFTER).with(new Odds(3, 2, 1, 0)));
      chaos.add(firestore("Commit", Fault.BEFORE, "ABORTED").with(new Odds(8, 2, 1, 0)));
      chaos.add(firestore("Commit", Fault.AFTER, "UNAVAILABLE").with(new Odds(4, 7, 1, 0)));
      chaos.add(Rule.of("function:deploy", Fault.AFTER).with(new Odds(0, 4, 1, 0)));
      chaos.add(Rule.of("function:build", Fault.AFTER).with(ONCE));
      chaos.add(Rule.of("http:POST /slack/api/*", Fault.AFTER).with(new Odds(0, 3, 1, 0)));
      TestCrate crate = TestCrate.named("rough");

      Release first = cloud.released(crate, work);
      Release second = cloud.released(crate.version("2.0.0"), work);

      assertThat(first.stage()).isInstanceOf(Stage.Live.class);
      assertThat(second.stage()).isInstanceOf(Stage.Live.class);
      assertThat(cloud.events(second.id()))
          .filteredOn(ReleaseEvent.StepReached.class::isInstance)
          .hasSize(2);
      assertThat(effective(cloud.builds(first.id()))).hasSize(1);
      assertThat(effective(cloud.builds(second.id()))).hasSize(1);
      assertThat(cloud.split(second.id()))
          .containsExactly(Map.entry(second.id().revision(), 100));
      assertThat(cloud.answer(second.id())).isEqualTo("Hello from version 2.0.0!");
      // Slack is told behind the release's back, each event tried again until it answers.
      var told =
          Await.that(
              () -> "Slack to be told of both; it shows: " + texts(cloud, second),
              () ->
                  Optional.of(texts(cloud, second))
                      .filter(texts -> texts.getLast().contains("live, 100% of traffic"))
                      .filter(texts -> texts.getFirst().contains("replaced by")));
      assertThat(told).hasSize(2);
      assertThat(chaos.rules()).filteredOn(ChaosTest::isIdle).isEmpty();
    }
  }

  /** Two workers may both submit; whoever comes second in the ledger cancels its own. */
  private static List<Build.Status> effective(List<Build> builds) {
    return builds.stream()
        .map(Build::getStatus)
        .filter(status -> status != Build.Status.CANCELLED)
        .toList();
  }

  /** What Slack shows of both releases, the older first; never empty. */
  private static List<String> texts(TestCloud cloud, Release release) {
    List<String> texts =
        cloud.said(release.id().service()).stream().map(message -> message.now().text()).toList();
    return texts.isEmpty() ? List.of("") : texts;
  }

  private static boolean isIdle(Standing standing) {
    return standing.struck() == 0;
  }

  private static Rule createBuild(Fault fault) {
    return Rule.of("rpc:google.devtools.cloudbuild.v1.CloudBuild/CreateBuild", fault);
  }

  private static Rule services(String method, Fault fault) {
    return Rule.of("rpc:google.cloud.run.v2.Services/" + method, fault);
  }

  private static Rule firestore(String method, Fault fault, String status) {
    return Rule.of("rpc:google.firestore.v1.Firestore/" + method, fault).answering(status);
  }
}
