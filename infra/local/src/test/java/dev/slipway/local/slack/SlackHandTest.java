package dev.slipway.local.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do in the laptop's Slack: clicks, dialogs, threads, and looking at the page. */
final class SlackHandTest {

  private static final String SECRET = "signing secret";
  private static final String HOSTILE = "<script>alert(1)</script>";
  private static final String BUTTON =
      """
      [{"type": "section", "text": {"type": "mrkdwn", "text": "*live* `x` <https://a.b/?c=1&amp;d|see> &lt;b&gt; :x:"}},
       {"type": "actions", "elements": [
         {"type": "button", "action_id": "app.stop", "value": "v-1", "style": "danger",
          "text": {"type": "plain_text", "text": "Stop"}}]}]
      """;
  private static final String VIEW =
      """
      {"type": "modal", "callback_id": "app", "private_metadata": "p",
       "title": {"type": "plain_text", "text": "Stop"},
       "submit": {"type": "plain_text", "text": "Stop"},
       "blocks": [{"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Why?"},
         "element": {"type": "plain_text_input", "action_id": "a"}}]}
      """;

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final App app = new App();
  private State state;
  private CloudServer server;
  private Slack slack;
  private HttpClient http;

  /** The app that answers clicks. */
  private static final class App implements CloudService {

    record Heard(String signature, String time, String body) {}

    final List<Heard> heard = new ArrayList<>();
    Function<JsonObject, String> answers = payload -> "";

    @Override
    public Map<String, HttpHandler> http() {
      return Map.of("/app", this::answer);
    }

    private void answer(HttpServerExchange exchange) throws IOException {
      String body = new String(exchange.getInputStream().readAllBytes(), UTF_8);
      heard.add(
          new Heard(
              exchange.getRequestHeaders().getFirst("X-Slack-Signature"),
              exchange.getRequestHeaders().getFirst("X-Slack-Request-Timestamp"),
              body));
      exchange.getResponseSender().send(answers.apply(payload(body)));
    }

    static JsonObject payload(String body) {
      return JsonParser.parseString(
              URLDecoder.decode(body.substring("payload=".length()), UTF_8))
          .getAsJsonObject();
    }

    JsonObject last() {
      return payload(heard.getLast().body());
    }
  }

  @BeforeEach
  void open() {
    state = State.open(folder);
    Endpoints endpoints = Endpoints.free();
    SlackWorkspace workspace =
        new SlackWorkspace("xoxb-right", Set.of("releases", "other"), Set.of())
            .with(new SlackWorkspace.App(SECRET, "/app/clicks"));
    SlackSink sink = new SlackSink(state, time, workspace, endpoints.http());
    server = CloudServer.start(endpoints, List.of(sink, app));
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(endpoints.http() + "/slack/api/");
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

  private MethodsClient client() {
    return slack.methods("xoxb-right");
  }

  private String post(String text, String blocks) throws Exception {
    return client()
        .chatPostMessage(r -> r.channel("releases").text(text).blocksAsString(blocks))
        .getTs();
  }

  private HttpResponse<String> send(String path, String type, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.endpoints().http() + path))
            .header("content-type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonObject json(String path, String body) throws Exception {
    return JsonParser.parseString(send(path, "application/json", body).body()).getAsJsonObject();
  }

  private JsonObject click(String ts) throws Exception {
    return json(
        "/slack/click",
        """
        {"channel": "releases", "ts": "%s", "action_id": "app.stop", "user": "U0ANA", "name": "ana"}
        """
            .formatted(ts));
  }

  private String page(String query) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(server.endpoints().http() + "/slack/" + query))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void aClickIsToldToTheAppSignedAndInSlacksShape() throws Exception {
    String ts = post("live", BUTTON);

    JsonObject answer = click(ts);

    assertThat(answer.get("status").getAsInt()).isEqualTo(200);
    App.Heard heard = app.heard.getFirst();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(("v0:" + heard.time() + ":" + heard.body()).getBytes(UTF_8));
    assertThat(heard.signature()).isEqualTo("v0=" + HexFormat.of().formatHex(hash));
    assertThat(heard.time()).isEqualTo("1767225600");
    JsonObject payload = app.last();
    assertThat(payload.get("type").getAsString()).isEqualTo("block_actions");
    assertThat(payload.getAsJsonObject("user").get("id").getAsString()).isEqualTo("U0ANA");
    assertThat(payload.getAsJsonObject("container").get("message_ts").getAsString())
        .isEqualTo(ts);
    JsonObject action = payload.getAsJsonArray("actions").get(0).getAsJsonObject();
    assertThat(action.get("action_id").getAsString()).isEqualTo("app.stop");
    assertThat(action.get("value").getAsString()).isEqualTo("v-1");
    assertThat(payload.get("trigger_id").getAsString()).isNotEmpty();
  }

  @Test
  void aDialogIsOpenedOnceWithinThreeSecondsAndSentIn() throws Exception {
    String ts = post("live", BUTTON);
    List<String> opened = new ArrayList<>();
    app.answers =
        payload -> {
          if (payload.get("type").getAsString().equals("block_actions")) {
            String trigger = payload.get("trigger_id").getAsString();
            opened.add(open(trigger, VIEW));
            opened.add(open(trigger, VIEW));
          }
          return "";
        };

    JsonObject clicked = click(ts);
    String view = clicked.getAsJsonObject("view").get("id").getAsString();
    JsonObject submitted =
        json("/slack/submit", "{\"view_id\": \"%s\", \"text\": \"slow\"}".formatted(view));

    assertThat(opened).containsExactly("ok", "exchanged_trigger_id");
    assertThat(submitted.get("status").getAsInt()).isEqualTo(200);
    JsonObject payload = app.last();
    assertThat(payload.get("type").getAsString()).isEqualTo("view_submission");
    assertThat(payload.getAsJsonObject("view").get("private_metadata").getAsString())
        .isEqualTo("p");
    assertThat(payload.getAsJsonObject("view").getAsJsonObject("state").toString())
        .isEqualTo(
            "{\"values\":{\"b\":{\"a\":{\"type\":\"plain_text_input\",\"value\":\"slow\"}}}}");
    assertThat(json("/slack/submit", "{\"view_id\": \"%s\"}".formatted(view)).get("error"))
        .hasToString("\"view_not_found\"");
  }

  private String open(String trigger, String view) {
    try {
      var answer = client().viewsOpen(r -> r.triggerId(trigger).viewAsString(view));
      return answer.isOk() ? "ok" : answer.getError();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDialogTooLateOrBeyondTheLimitsIsRefused() throws Exception {
    String ts = post("live", BUTTON);
    click(ts);
    String trigger = app.last().get("trigger_id").getAsString();

    assertThat(open(trigger, VIEW.replace("\"Why?\"", "\"" + "x".repeat(2001) + "\"")))
        .isEqualTo("invalid_arguments");
    assertThat(open(trigger, VIEW.replace("\"text\": \"Stop\"", "\"text\": \"" + "x".repeat(25) + "\"")))
        .isEqualTo("invalid_arguments");
    assertThat(open("none", VIEW)).isEqualTo("invalid_trigger_id");
    time.advance(Duration.ofSeconds(4));
    assertThat(open(trigger, VIEW)).isEqualTo("expired_trigger_id");
  }

  @Test
  void whatTheAppAnswersIsShown() throws Exception {
    String ts = post("live", BUTTON);
    app.answers =
        payload -> {
          if (payload.get("type").getAsString().equals("block_actions")) {
            open(payload.get("trigger_id").getAsString(), VIEW);
            return "";
          }
          return "{\"response_action\": \"errors\", \"errors\": {\"b\": \"say more\"}}";
        };
    String view = click(ts).getAsJsonObject("view").get("id").getAsString();
    String submission = "{\"view_id\": \"%s\"}".formatted(view);

    assertThat(json("/slack/submit", submission).get("errors"))
        .hasToString("{\"b\":\"say more\"}");
    app.answers =
        payload -> {
          JsonObject answer = new JsonObject();
          answer.addProperty("response_action", "update");
          answer.add("view", JsonParser.parseString(VIEW));
          return answer.toString();
        };
    assertThat(json("/slack/submit", submission).getAsJsonObject("view").get("id"))
        .hasToString("\"" + view + "\"");
  }

  @Test
  void nobodyElsesPageCanClick() throws Exception {
    String ts = post("live", BUTTON);

    HttpResponse<String> answer =
        send(
            "/slack/click",
            "application/x-www-form-urlencoded",
            "channel=releases&ts=" + ts + "&action_id=app.stop");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(app.heard).isEmpty();
  }

  @Test
  void whatIsNotThereCannotBeClicked() throws Exception {
    String ts = post("live", BUTTON);
    String body = "{\"channel\": \"%s\", \"ts\": \"%s\", \"action_id\": \"%s\"}";

    assertThat(json("/slack/click", body.formatted("nowhere", ts, "app.stop")).get("error"))
        .hasToString("\"channel_not_found\"");
    assertThat(json("/slack/click", body.formatted("other", ts, "app.stop")).get("error"))
        .hasToString("\"message_not_found\"");
    assertThat(json("/slack/click", body.formatted("releases", ts, "app.go")).get("error"))
        .hasToString("\"no_such_button\"");
    assertThat(app.heard).isEmpty();
  }

  @Test
  void aThreadIsReadOldestFirstWithWhatWasAttached() throws Exception {
    String channel = SlackWorkspace.channelId("releases");
    String ts = post("live", BUTTON);
    client().chatPostMessage(r -> r.channel(channel).threadTs(ts).text("one"));
    client()
        .chatPostMessage(
            r ->
                r.channel(channel)
                    .threadTs(ts)
                    .text("two")
                    .metadataAsString("{\"event_type\": \"t\", \"event_payload\": {\"k\": \"v\"}}"));

    var thread =
        client()
            .conversationsReplies(r -> r.channel(channel).ts(ts).includeAllMetadata(true));

    assertThat(thread.getMessages())
        .extracting(com.slack.api.model.Message::getText)
        .containsExactly("live", "one", "two");
    assertThat(thread.getMessages().get(2).getMetadata().getEventPayload()).containsEntry("k", "v");
    assertThat(client().conversationsReplies(r -> r.channel(channel).ts("1.1")).getError())
        .isEqualTo("thread_not_found");
    assertThat(
            client()
                .chatPostMessage(r -> r.channel(channel).threadTs("1.1").text("x"))
                .getError())
        .isEqualTo("thread_not_found");
  }

  @Test
  void thePageShowsAChannelAsItsReadersSeeIt() throws Exception {
    String ts = post("live", BUTTON);
    client().chatPostMessage(r -> r.channel("releases").threadTs(ts).text("a *step*"));

    String page = page("?channel=releases");

    assertThat(page)
        .contains(
            "<b>live</b> <code>x</code>",
            "href=\"https://a.b/?c=1&amp;d\">see</a> &lt;b&gt; ✖",
            "data-action=\"app.stop\">Stop</button>",
            "<summary>1 reply</summary>",
            "a <b>step</b>")
        .doesNotContain("<script>");
    assertThat(page("?channel=other")).contains("Nothing has been said here yet");
    assertThat(page("?channel=nowhere")).isEqualTo("there is no such channel");
    assertThat(page("page.js")).contains("use strict");
    assertThat(page("page.css")).contains("color-scheme");
  }

  /** Fault 45, in the page. */
  @Test
  void nothingThatIsSaidCanRunInThePage() throws Exception {
    for (String text :
        List.of(
            HOSTILE,
            "```" + HOSTILE + "```",
            "`" + HOSTILE + "`",
            "*" + HOSTILE + "*",
            "<https://a\"onmouseover=alert(1)|x>",
            "<javascript:alert(1)|x>",
            "<!date^1^x|" + HOSTILE,
            "&#60;img src=x onerror=alert(1)&#62;",
            ":" + HOSTILE + ":")) {
      post(text, "[]");
    }

    String main = page("?channel=releases");
    main = main.substring(main.indexOf("<main"), main.indexOf("</main>"));

    assertThat(main)
        .doesNotContain("<script", "<img", "\"onmouseover", "href=\"javascript", "&#60;");
  }
}
