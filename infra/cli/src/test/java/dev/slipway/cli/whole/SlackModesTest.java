package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Settings;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.CloudResources;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.server.Ports;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.local.slack.SlackWorkspace;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slack as a team may have it besides: at night, and without a bot. */
@Needs(CARGO)
final class SlackModesTest {

  private static final String POLICY =
      "{steps: [100], hold: 300ms, watch: 0s, candidateDeadline: 60s, gate: {enabled: false}}";
  private static final String HOOK = "releases";

  @TempDir Path folder;
  @TempDir Path work;

  private TestCloud cloud(Endpoints at, Map<String, String> more) throws Exception {
    CloudConfig config = LaptopSetup.config(folder, POLICY, Duration.ofMillis(250), more).at(at);
    CloudResources given = config.resources();
    CloudResources hooked =
        new CloudResources(
            given.buckets(),
            given.topics(),
            given.triggers(),
            given.tickTopic(),
            given.deadLetterTopic(),
            new SlackWorkspace(given.slack().token(), given.slack().channels(), Set.of(HOOK)));
    return TestCloud.start(
        folder,
        Duration.ofMillis(300),
        other ->
            new CloudConfig(
                config.folder(),
                hooked,
                config.functions(),
                config.time(),
                config.delivery(),
                config.engine(),
                config.ports(),
                config.indexes()));
  }

  private static Endpoints ports() {
    int grpc = Ports.free();
    int http = Ports.free();
    return new Endpoints(grpc, http == grpc ? Ports.free() : http);
  }

  @Test
  void atNightAFailureIsToldAndASuccessWaitsForTheMorning() throws Exception {
    LocalTime now = LocalTime.now(ZoneOffset.UTC);
    String night =
        "{quietHours: {from: '%tR', to: '%tR', zone: UTC, below: error}}"
            .formatted(now.minusHours(2), now.plusHours(2));
    try (TestCloud cloud = cloud(ports(), Map.of(Settings.SLACK_ROUTES, night))) {
      Release live = cloud.released(TestCrate.named("calm"), work);
      ReleaseId broken =
          cloud.push(
              TestCrate.named("loud").edited("src/main.rs", "fn main()", "fn main(!)"), work);
      cloud.settled(broken);

      Await.until("the failure", () -> !cloud.said(new ServiceName("loud")).isEmpty());
      assertThat(live.stage()).isInstanceOf(Stage.Live.class);
      assertThat(cloud.said(new ServiceName("calm"))).as("at night").isEmpty();
    }
  }

  @Test
  void withoutABotEachThingThatMattersIsAPostOfItsOwn() throws Exception {
    Endpoints at = ports();
    Map<String, String> hook =
        Map.of(
            Settings.SLACK_TOKEN, "",
            Settings.SLACK_CHANNEL, "",
            Settings.SLACK_API, "",
            Settings.SLACK_SIGNING_SECRET, "",
            Settings.SLACK_WEBHOOK, at.http() + "/slack/webhook/" + HOOK);
    try (TestCloud cloud = cloud(at, hook)) {
      cloud.released(TestCrate.named("calm"), work);
      cloud.settled(
          cloud.push(
              TestCrate.named("loud").edited("src/main.rs", "fn main()", "fn main(!)"), work));

      Await.until("both", () -> cloud.cloud().slack().messages().size() >= 2);
      List<SlackMessage> posts = cloud.cloud().slack().messages();
      assertThat(posts).hasSize(2).allSatisfy(post -> assertThat(post.threadTs()).isNull());
      assertThat(posts).extracting(SlackMessage::edits).containsOnly(0);
      assertThat(posts.getFirst().now().text()).contains("calm", "live");
      assertThat(posts.getLast().now().text()).contains("loud", "failed");
    }
  }
}
