package dev.slipway.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.slack.SlackFailure;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.local.slack.SlackSink;
import dev.slipway.local.slack.SlackWorkspace;
import dev.slipway.local.state.State;
import dev.slipway.notify.SlackAnnouncer;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlackAnnouncerTest {

  private static final String TOKEN = "xoxb-right";
  private static final Release RECEIVED =
      Release.begin(Values.id(1), Values.received(1), Instant.EPOCH);
  private static final Release CANCELLED =
      RECEIVED.on(new ReleaseEvent.Cancelled("by <!channel>"), Instant.EPOCH);

  @TempDir Path folder;

  private State state;
  private SlackSink sink;
  private CloudServer server;
  private Slack slack;

  @BeforeEach
  void open() {
    state = State.open(folder);
    sink =
        new SlackSink(
            state,
            Clock.systemUTC(),
            new SlackWorkspace(TOKEN, Set.of("releases", "other"), Set.of()));
    server = CloudServer.start(Endpoints.free(), List.of(sink));
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(server.endpoints().http() + "/slack/api/");
    config.setStatsEnabled(false);
    slack = Slack.getInstance(config);
  }

  @AfterEach
  void close() throws Exception {
    slack.close();
    server.close();
    state.close();
  }

  private SlackAnnouncer announcer(String channel, String token) {
    return new SlackAnnouncer(slack.methods(token), SlackWorkspace.channelId(channel));
  }

  @Test
  void aReleaseIsPostedAndThatMessageIsEdited() {
    SlackAnnouncer announcer = announcer("releases", TOKEN);

    String message = announcer.post(RECEIVED);
    announcer.edit(message, CANCELLED);

    assertThat(sink.messages()).hasSize(1);
    SlackMessage said = sink.messages().getFirst();
    assertThat(said.channel()).isEqualTo("releases");
    assertThat(said.ts()).isEqualTo(message);
    assertThat(said.versions())
        .extracting(SlackMessage.Version::text)
        .containsExactly(
            ":hourglass_flowing_sand: *hello* 1.0.0: received",
            ":heavy_minus_sign: *hello* 1.0.0: cancelled: by &lt;!channel&gt;");
  }

  @Test
  void anOrphanedMessageIsFoundByWhatWasAttachedToIt() {
    SlackAnnouncer announcer = announcer("releases", TOKEN);
    String message = announcer.post(RECEIVED);
    announcer.post(Release.begin(Values.id(2), Values.received(2), Instant.EPOCH));
    announcer.edit(message, CANCELLED);

    assertThat(announcer.find(RECEIVED.id())).contains(message);
    assertThat(announcer.find(Values.id(3))).isEmpty();
    assertThat(announcer("other", TOKEN).find(RECEIVED.id())).isEmpty();
  }

  @Test
  void aRefusalSaysWhatWasTriedAndNeverTheToken() {
    assertThatThrownBy(() -> announcer("releases", "xoxb-wrong").post(RECEIVED))
        .hasMessageContaining("post a message about " + RECEIVED.id())
        .hasMessageContaining("invalid_auth")
        .hasMessageNotContaining("xoxb");
    assertThatThrownBy(() -> announcer("nowhere", TOKEN).post(RECEIVED))
        .hasMessageContaining("channel_not_found");
    assertThatThrownBy(() -> announcer("releases", TOKEN).edit("1.000001", RECEIVED))
        .hasMessageContaining("message_not_found");
  }

  @Test
  void aTroubledSlackIsAnExceptionSoThatTheEventComesAgain() {
    for (SlackFailure failure :
        List.of(new SlackFailure.ServerError(503), new SlackFailure.RateLimited(1))) {
      sink.failNext(1, failure);

      assertThatThrownBy(() -> announcer("releases", TOKEN).post(RECEIVED))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("in Slack");
    }
    assertThat(sink.messages()).isEmpty();
  }
}
