package dev.slipway.local.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.model.Message;
import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElements;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slack's own client and plain HTTP against the sink. */
final class SlackSinkTest {

  private static final SlackWorkspace WORKSPACE =
      new SlackWorkspace("xoxb-right", Set.of("releases", "alarms"), Set.of("alarms"));

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private State state;
  private SlackSink sink;
  private CloudServer server;
  private Slack slack;
  private HttpClient http;

  @BeforeEach
  void open() {
    state = State.open(folder);
    sink = new SlackSink(state, time, WORKSPACE);
    server = CloudServer.start(Endpoints.free(), List.of(sink));
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(server.endpoints().http() + "/slack/api/");
    config.setStatsEnabled(false);
    slack = Slack.getInstance(config);
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void close() throws Exception {
    slack.close();
    http.close();
    server.close();
    state.close();
  }

  @Test
  void aMessageIsPostedEditedAndAnsweredInItsThread() throws Exception {
    ChatPostMessageResponse posted =
        client("xoxb-right").chatPostMessage(r -> r.channel("#releases").text("building"));
    time.advance(Duration.ofSeconds(1));

    ChatUpdateResponse edited =
        client("xoxb-right")
            .chatUpdate(r -> r.channel(posted.getChannel()).ts(posted.getTs()).text("live"));
    ChatPostMessageResponse reply =
        client("xoxb-right")
            .chatPostMessage(
                r -> r.channel(posted.getChannel()).threadTs(posted.getTs()).text("promoted"));

    assertThat(posted.isOk()).isTrue();
    assertThat(posted.getTs()).isEqualTo("1767225600.000000");
    assertThat(posted.getMessage().getText()).isEqualTo("building");
    assertThat(edited.getText()).isEqualTo("live");
    assertThat(edited.getTs()).isEqualTo(posted.getTs());
    assertThat(reply.getMessage().getThreadTs()).isEqualTo(posted.getTs());
    assertThat(sink.messages())
        .extracting(SlackMessage::channel, SlackMessage::edits, m -> m.now().text())
        .containsExactly(
            tuple("releases", 1, "live"),
            tuple("releases", 0, "promoted"));
    assertThat(sink.messages().getFirst().versions())
        .extracting(SlackMessage.Version::text)
        .containsExactly("building", "live");
  }

  @Test
  void theHistoryShowsAChannelNewestFirstWithWhatWasAttached() throws Exception {
    MethodsClient client = client("xoxb-right");
    String releases = SlackWorkspace.channelId("releases");
    Message.Metadata metadata =
        Message.Metadata.builder()
            .eventType("release")
            .eventPayload(Map.of("id", "hello-0123456789ab"))
            .build();
    String first =
        client
            .chatPostMessage(r -> r.channel(releases).text("first").metadata(metadata))
            .getTs();
    client.chatPostMessage(r -> r.channel(releases).text("second"));
    client.chatPostMessage(r -> r.channel("alarms").text("elsewhere"));
    client.chatPostMessage(r -> r.channel(releases).threadTs(first).text("an answer"));
    client.chatUpdate(r -> r.channel(releases).ts(first).text("first, edited"));

    var whole = client.conversationsHistory(r -> r.channel(releases).includeAllMetadata(true));
    var bare = client.conversationsHistory(r -> r.channel(releases));
    var page = client.conversationsHistory(r -> r.channel(releases).limit(1));
    var rest =
        client.conversationsHistory(
            r -> r.channel(releases).cursor(page.getResponseMetadata().getNextCursor()));

    assertThat(whole.getMessages())
        .extracting(Message::getText)
        .containsExactly("second", "first, edited");
    assertThat(whole.isHasMore()).isFalse();
    assertThat(whole.getMessages().get(0).getMetadata()).isNull();
    assertThat(whole.getMessages().get(1).getMetadata()).isEqualTo(metadata);
    assertThat(bare.getMessages()).extracting(Message::getMetadata).containsOnlyNulls();
    assertThat(page.getMessages()).extracting(Message::getText).containsExactly("second");
    assertThat(page.isHasMore()).isTrue();
    assertThat(rest.getMessages()).extracting(Message::getText).containsExactly("first, edited");
    assertThat(client.conversationsHistory(r -> r.channel("releases")).getError())
        .isEqualTo("channel_not_found");
    assertThat(client.conversationsHistory(r -> r.channel(releases).limit(1000)).getError())
        .isEqualTo("invalid_limit");
  }

  @Test
  void whatCannotBeDoneIsRefusedInSlacksWords() throws Exception {
    String releases = SlackWorkspace.channelId("releases");

    assertThat(client("xoxb-wrong").authTest(r -> r).getError()).isEqualTo("invalid_auth");
    assertThat(client("xoxb-right").authTest(r -> r).getTeam()).isEqualTo("Slipway");
    assertThat(post("nowhere", "hello").getError()).isEqualTo("channel_not_found");
    assertThat(post("releases", "").getError()).isEqualTo("no_text");
    assertThat(post("releases", "x".repeat(40_001)).getError()).isEqualTo("msg_too_long");
    assertThat(
            client("xoxb-right")
                .chatUpdate(r -> r.channel(releases).ts("1.000001").text("hello"))
                .getError())
        .isEqualTo("message_not_found");
    assertThat(
            client("xoxb-right")
                .chatUpdate(r -> r.channel("releases").ts("1.000001").text("hello"))
                .getError())
        .isEqualTo("channel_not_found");
    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void blocksSlackTakesArePostedAndKeptOverAnEditOfTheTextAlone() throws Exception {
    List<LayoutBlock> blocks =
        Blocks.asBlocks(
            Blocks.header(h -> h.text(BlockCompositions.plainText("x".repeat(150)))),
            Blocks.section(s -> s.text(BlockCompositions.markdownText("x".repeat(3000)))),
            Blocks.actions(
                BlockElements.asElements(
                    BlockElements.button(
                        b -> b.text(BlockCompositions.plainText("Promote")).actionId("promote")))));

    ChatPostMessageResponse posted =
        client("xoxb-right")
            .chatPostMessage(r -> r.channel("releases").text("hello").blocks(blocks));
    client("xoxb-right")
        .chatUpdate(r -> r.channel(posted.getChannel()).ts(posted.getTs()).text("bye"));

    assertThat(posted.getError()).isNull();
    assertThat(sink.messages().getFirst().now().blocks()).contains("promote");
  }

  @Test
  void blocksBeyondSlacksLimitsAreRefusedNamingThePlace() throws Exception {
    String body =
        """
        {"channel": "releases", "blocks": [
          {"type": "header", "text": {"type": "mrkdwn", "text": "%s"}},
          {"type": "section", "text": {"type": "mrkdwn", "text": "%s"}},
          {"type": "section"},
          {"type": "image", "image_url": "http://example.com/a.png"},
          {"type": "actions", "elements": [
            {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "ok"}},
            {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "%s"}}]},
          {"type": "context", "elements": []},
          {"type": "banner"}]}"""
            .formatted("h".repeat(151), "s".repeat(3001), "b".repeat(76));

    HttpResponse<String> answer = send("api/chat.postMessage", "application/json", body);

    assertThat(answer.body())
        .contains("\"error\":\"invalid_blocks\"")
        .contains("must be less than 151 characters [json-pointer:/blocks/0/text/text]")
        .contains("must be plain_text [json-pointer:/blocks/0/text/type]")
        .contains("must be less than 3001 characters [json-pointer:/blocks/1/text/text]")
        .contains("missing required field: text [json-pointer:/blocks/2]")
        .contains("missing required field: alt_text [json-pointer:/blocks/3]")
        .contains("must be unique in its block [json-pointer:/blocks/4/elements/1/action_id]")
        .contains("must be less than 76 characters [json-pointer:/blocks/4/elements/1/text/text]")
        .contains("no fewer than 1 items allowed [json-pointer:/blocks/5/elements]")
        .contains("unsupported type: banner [json-pointer:/blocks/6/type]");
    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void moreThanFiftyBlocksAreRefused() throws Exception {
    String blocks = "{\"type\":\"divider\"},".repeat(51).replaceAll(",$", "");

    HttpResponse<String> answer =
        send(
            "api/chat.postMessage",
            "application/json",
            "{\"channel\":\"releases\",\"blocks\":[" + blocks + "]}");

    assertThat(answer.body()).contains("no more than 50 items allowed [json-pointer:/blocks]");
  }

  @Test
  void anIncomingWebhookPostsAndAnswersOk() throws Exception {
    HttpResponse<String> answer = send("webhook/alarms", "application/json", "{\"text\":\"fire\"}");
    HttpResponse<String> unknown = send("webhook/other", "application/json", "{\"text\":\"fire\"}");
    HttpResponse<String> broken = send("webhook/alarms", "application/json", "{");

    assertThat(answer.body()).isEqualTo("ok");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(broken.body()).isEqualTo("invalid_payload");
    assertThat(sink.messages()).extracting(m -> m.now().text()).containsExactly("fire");
  }

  @Test
  void callsFailAsToldAndOnlyAsOften() throws Exception {
    sink.failNext(1, new SlackFailure.RateLimited(7));
    sink.failNext(1, new SlackFailure.ServerError(500));

    assertThatThrownBy(() -> post("releases", "one"))
        .isInstanceOfSatisfying(
            SlackApiException.class,
            e -> {
              assertThat(e.getResponse().code()).isEqualTo(429);
              assertThat(e.getResponse().header("Retry-After")).isEqualTo("7");
            });
    assertThatThrownBy(() -> post("releases", "two"))
        .isInstanceOfSatisfying(
            SlackApiException.class, e -> assertThat(e.getResponse().code()).isEqualTo(500));
    assertThat(post("releases", "three").isOk()).isTrue();
  }

  @Test
  void aCallToldToHangIsNeverAnswered() {
    sink.failNext(1, new SlackFailure.Hang());
    HttpRequest request =
        request("webhook/alarms", "application/json", "{\"text\":\"fire\"}")
            .timeout(Duration.ofMillis(200))
            .build();

    assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void messagesAreThereAfterARestartAndToldAsJson() throws Exception {
    post("releases", "first");
    close();
    open();
    post("releases", "second");

    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.endpoints().http() + "/slack/messages")).build();
    String json = http.send(request, BodyHandlers.ofString()).body();

    assertThat(sink.messages()).extracting(m -> m.now().text()).containsExactly("first", "second");
    assertThat(json).contains("\"text\":\"first\"").contains("\"edits\":0");
  }

  private MethodsClient client(String token) {
    return slack.methods(token);
  }

  private ChatPostMessageResponse post(String channel, String text)
      throws IOException, SlackApiException {
    return client("xoxb-right").chatPostMessage(r -> r.channel(channel).text(text));
  }

  private HttpResponse<String> send(String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(request(path, type, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String type, String body) {
    return HttpRequest.newBuilder(URI.create(server.endpoints().http() + "/slack/" + path))
        .header("Content-Type", type)
        .header("Authorization", "Bearer xoxb-right")
        .POST(BodyPublishers.ofString(body));
  }
}
