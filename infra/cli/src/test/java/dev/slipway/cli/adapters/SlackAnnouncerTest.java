package dev.slipway.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.slack.SlackFailure;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.local.slack.SlackSink;
import dev.slipway.local.slack.SlackWorkspace;
import dev.slipway.local.state.State;
import dev.slipway.notify.Announcer.Address;
import dev.slipway.notify.Card;
import dev.slipway.notify.NotSaidException;
import dev.slipway.notify.PatientAnnouncer;
import dev.slipway.notify.SlackAnnouncer;
import dev.slipway.notify.WebhookAnnouncer;
import dev.slipway.release.ReleaseId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapters to Slack, through Slack's client and over HTTP, against the laptop's Slack. */
final class SlackAnnouncerTest {

  private static final String TOKEN = "xoxb-planted-secret";
  private static final String WEBHOOK = "T000-B000-planted-secret";
  private static final ReleaseId ID = Values.id(1);
  private static final String RELEASES = SlackWorkspace.channelId("releases");
  private static final Address MESSAGE =
      new Address(ID, RELEASES, Optional.empty(), "message");

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
            new SlackWorkspace(
                TOKEN, Set.of("releases", "other", WEBHOOK), Set.of(WEBHOOK)));
    server = CloudServer.start(Endpoints.free(), List.of(sink));
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(server.endpoints().http() + "/slack/api/");
    config.setStatsEnabled(false);
    OkHttpClient http =
        SlackHttpClient.buildOkHttpClient(config)
            .newBuilder()
            .followRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(Duration.ofMillis(500))
            .build();
    slack = Slack.getInstance(config, new SlackHttpClient(http));
  }

  @AfterEach
  void close() throws Exception {
    slack.close();
    server.close();
    state.close();
  }

  private SlackAnnouncer announcer(String token) {
    return new SlackAnnouncer(slack.methods(token));
  }

  private WebhookAnnouncer webhook(String id) {
    return new WebhookAnnouncer(
        HttpClient.newHttpClient(),
        URI.create(server.endpoints().http() + "/slack/webhook/" + id),
        Duration.ofMillis(500));
  }

  private static Card card(String text) {
    return new Card(
        text,
        JsonParser.parseString(
                """
                [{"type": "section", "text": {"type": "mrkdwn", "text": "%s"}}]
                """
                    .formatted(text))
            .getAsJsonArray());
  }

  @Test
  void aMessageIsPostedEditedAndAnsweredInItsThread() {
    SlackAnnouncer announcer = announcer(TOKEN);

    String message = announcer.post(MESSAGE, card("received"));
    announcer.edit(MESSAGE, message, card("live"));
    Address reply = new Address(ID, RELEASES, Optional.of(message), "reply-1");
    announcer.post(reply, card("a step"));

    assertThat(sink.messages())
        .extracting(m -> m.now().text())
        .containsExactly("live", "a step");
    SlackMessage first = sink.messages().getFirst();
    assertThat(first.channel()).isEqualTo("releases");
    assertThat(first.ts()).isEqualTo(message);
    assertThat(first.versions())
        .extracting(SlackMessage.Version::text)
        .containsExactly("received", "live");
    assertThat(sink.messages().get(1).threadTs()).isEqualTo(message);
  }

  @Test
  void whatWasPostedIsFoundByWhatWasAttachedToIt() {
    SlackAnnouncer announcer = announcer(TOKEN);
    String message = announcer.post(MESSAGE, card("received"));
    announcer.post(
        new Address(Values.id(2), RELEASES, Optional.empty(), "message"), card("another"));
    announcer.edit(MESSAGE, message, card("live"));
    Address reply = new Address(ID, RELEASES, Optional.of(message), "reply-1");
    String replied = announcer.post(reply, card("a step"));

    assertThat(announcer.find(MESSAGE)).contains(message);
    assertThat(announcer.find(reply)).contains(replied);
    assertThat(announcer.find(new Address(ID, RELEASES, Optional.of(message), "reply-2")))
        .isEmpty();
    assertThat(announcer.find(new Address(ID, RELEASES, Optional.empty(), "alert"))).isEmpty();
    assertThat(
            announcer.find(
                new Address(ID, SlackWorkspace.channelId("other"), Optional.empty(), "message")))
        .isEmpty();
  }

  @Test
  void blocksSlackRefusesAreLeftOut() {
    JsonArray wrong = new JsonArray();
    JsonObject block = new JsonObject();
    block.addProperty("type", "headline");
    wrong.add(block);
    SlackAnnouncer announcer = announcer(TOKEN);

    String message = announcer.post(MESSAGE, new Card("received", wrong));
    announcer.edit(MESSAGE, message, new Card("live", wrong));

    assertThat(sink.messages().getFirst().now().text()).isEqualTo("live");
    assertThat(sink.messages().getFirst().now().blocks()).isEqualTo("[]");
  }

  @Test
  void aMessageSomebodyDeletedIsNeitherPostedAgainNorAnError() {
    SlackAnnouncer announcer = announcer(TOKEN);

    announcer.edit(MESSAGE, "1.000001", card("live"));
    announcer.post(new Address(ID, RELEASES, Optional.of("1.000001"), "reply-1"), card("a step"));

    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void aRefusalSaysWhatWasTriedAndThatNothingWasSaid() {
    assertThatThrownBy(() -> announcer("xoxb-wrong").post(MESSAGE, card("x")))
        .isInstanceOf(NotSaidException.class)
        .hasMessageContaining("post the message of " + ID)
        .hasMessageContaining("invalid_auth");
    assertThatThrownBy(
            () ->
                announcer(TOKEN)
                    .post(new Address(ID, "CNOWHERE", Optional.empty(), "message"), card("x")))
        .isInstanceOf(NotSaidException.class)
        .hasMessageContaining("channel_not_found");
    assertThatThrownBy(() -> webhook("unknown").post(MESSAGE, card("x")))
        .isInstanceOf(NotSaidException.class)
        .hasMessageContaining("404");
  }

  @Test
  void fault44_slackIsObeyedWhenItAsksForPatience() {
    List<Duration> pauses = new ArrayList<>();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Clock clock = clock(now);
    PatientAnnouncer patient =
        new PatientAnnouncer(
            announcer(TOKEN),
            clock,
            span -> {
              pauses.add(span);
              now.updateAndGet(t -> t.plus(span));
            });
    sink.failNext(1, new SlackFailure.RateLimited(1));

    patient.post(MESSAGE, card("received"));

    assertThat(sink.messages()).hasSize(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    sink.failNext(1, new SlackFailure.RateLimited(3600));
    assertThatThrownBy(() -> patient.post(MESSAGE, card("received")))
        .isInstanceOf(NotSaidException.class);
    // And it is not called again before that hour is over.
    assertThatThrownBy(() -> patient.post(MESSAGE, card("received")))
        .isInstanceOf(NotSaidException.class);
    assertThat(sink.messages()).hasSize(1);
    assertThat(pauses).hasSize(1);
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  @Test
  void fault44_aTroubledSlackIsAnExceptionThatLeavesOpenWhatWasSaid() {
    for (SlackFailure failure :
        List.of(
            new SlackFailure.ServerError(503),
            new SlackFailure.ServerError(302),
            new SlackFailure.Hang())) {
      sink.failNext(1, failure);
      assertThatThrownBy(() -> announcer(TOKEN).post(MESSAGE, card("x")))
          .as(failure.toString())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in Slack");
      sink.failNext(1, failure);
      assertThatThrownBy(() -> webhook(WEBHOOK).post(MESSAGE, card("x")))
          .as(failure.toString())
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void throughAWebhookOneChannelIsPostedTo() {
    webhook(WEBHOOK).post(MESSAGE, card("rolled back"));

    assertThat(sink.messages())
        .extracting(SlackMessage::channel, m -> m.now().text())
        .containsExactly(tuple(WEBHOOK, "rolled back"));
  }

  /** Faults 43 and 44. */
  @Test
  void fault44_noExceptionAndNoLogHoldsTheTokenOrTheWebhook() {
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            said.add(record.getMessage() + traced(record.getThrown()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      for (SlackFailure failure :
          List.of(
              new SlackFailure.ServerError(500),
              new SlackFailure.ServerError(404),
              new SlackFailure.ServerError(302),
              new SlackFailure.RateLimited(60),
              new SlackFailure.Hang())) {
        sink.failNext(2, failure);
        said.add(failing(() -> announcer(TOKEN).post(MESSAGE, card("x"))));
        said.add(failing(() -> webhook(WEBHOOK).post(MESSAGE, card("x"))));
      }
      server.close();
      said.add(failing(() -> announcer(TOKEN).post(MESSAGE, card("x"))));
      said.add(failing(() -> webhook(WEBHOOK).post(MESSAGE, card("x"))));
    } finally {
      root.removeHandler(handler);
    }

    assertThat(said).hasSizeGreaterThanOrEqualTo(12).noneMatch(s -> s.contains("planted-secret"));
    assertThat(said).filteredOn(s -> s.contains("Tried to")).hasSizeGreaterThanOrEqualTo(12);
  }

  private static String failing(Runnable call) {
    try {
      call.run();
      return "nothing failed";
    } catch (RuntimeException e) {
      Logger.getLogger("dev.slipway").log(Level.FINE, "failed", e);
      return traced(e);
    }
  }

  private static String traced(@Nullable Throwable thrown) {
    StringWriter text = new StringWriter();
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(text));
    }
    return text.toString();
  }
}
