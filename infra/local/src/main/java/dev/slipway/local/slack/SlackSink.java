package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * Slack, as far as a release pipeline sees it. Refuses what Slack's published limits refuse.
 *
 * <pre>
 * POST /slack/api/METHOD   chat.postMessage, chat.update, conversations.history, conversations.replies,
 *                          views.open, auth.test
 * POST /slack/webhook/ID   an incoming webhook
 * GET  /slack/             a channel as people see it: ?channel=NAME
 * GET  /slack/messages     every message, as JSON
 * POST /slack/click        JSON {channel, ts, action_id, user, name}: a person clicks a button
 * POST /slack/submit       JSON {view_id, text, user, name}: and sends a dialog in
 * </pre>
 */
public final class SlackSink implements CloudService {

  private static final String API = "/api/";
  private static final String WEBHOOK = "/webhook/";
  private static final String NOTHING =
      "nothing is here; GET /slack/, or POST to /slack/api/METHOD";

  private final Messages messages;
  private final SlackApi api;
  private final SlackPage page;
  private final Hand hand;
  private final SlackWorkspace workspace;
  private final SlackFaults faults = new SlackFaults();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** A workspace in which nobody answers clicks. */
  public SlackSink(State state, Clock clock, SlackWorkspace workspace) {
    this(state, clock, workspace, "");
  }

  /**
   * A workspace.
   *
   * @param base {@code http://host:port}, where the workspace's app answers
   */
  public SlackSink(State state, Clock clock, SlackWorkspace workspace, String base) {
    this.workspace = workspace;
    messages = new Messages(state, clock);
    Views views = new Views(clock);
    api = new SlackApi(workspace, messages, views);
    page = new SlackPage(workspace, messages);
    hand = new Hand(workspace, messages, views, clock, base);
  }

  /** Every message of the workspace, oldest first. */
  public List<SlackMessage> messages() {
    return messages.all();
  }

  /** Lets the next {@code calls} calls fail, after those already told to. */
  public void failNext(int calls, SlackFailure failure) {
    faults.add(calls, failure);
  }

  @Override
  public Map<String, HttpHandler> http() {
    return Map.of("/slack", this::handle);
  }

  /** Lets go of the calls that hang. */
  @Override
  public void close() {
    closing.countDown();
    hand.close();
  }

  private void handle(HttpServerExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals(Methods.POST)) {
      post(exchange, exchange.getRelativePath());
    } else {
      get(exchange, exchange.getRelativePath());
    }
  }

  private void get(HttpServerExchange exchange, String path) {
    switch (path) {
      case "", "/" -> page(exchange);
      case "/page.css" -> send(exchange, 200, "text/css; charset=utf-8", SlackPage.resource("page.css"));
      case "/page.js" ->
          send(exchange, 200, "text/javascript; charset=utf-8", SlackPage.resource("page.js"));
      case "/messages" -> {
        JsonArray all = new JsonArray();
        messages().forEach(message -> all.add(MessageJson.write(message)));
        send(exchange, 200, "application/json", all.toString());
      }
      default -> send(exchange, 404, "text/plain", NOTHING);
    }
  }

  private void page(HttpServerExchange exchange) {
    var asked = exchange.getQueryParameters().get("channel");
    Optional<String> channel =
        asked == null
            ? workspace.channels().stream().sorted().findFirst()
            : workspace.channel(asked.getFirst());
    if (channel.isEmpty()) {
      send(exchange, 404, "text/plain", "there is no such channel");
      return;
    }
    exchange
        .getResponseHeaders()
        .put(HttpString.tryFromString("Content-Security-Policy"), SlackPage.POLICY)
        .put(HttpString.tryFromString("X-Content-Type-Options"), "nosniff")
        .put(HttpString.tryFromString("Referrer-Policy"), "no-referrer");
    send(exchange, 200, "text/html; charset=utf-8", page.html(channel.get()));
  }

  private void post(HttpServerExchange exchange, String path) throws IOException {
    if (path.equals("/click")) {
      byHand(exchange, hand::click);
    } else if (path.equals("/submit")) {
      byHand(exchange, hand::submit);
    } else if (!path.startsWith(API) && !path.startsWith(WEBHOOK)) {
      send(exchange, 404, "text/plain", NOTHING);
    } else if (!failed(exchange)) {
      if (path.startsWith(API)) {
        call(exchange, path.substring(API.length()));
      } else {
        webhook(exchange, path.substring(WEBHOOK.length()));
      }
    }
  }

  /** Takes JSON only, which a page of another origin cannot send unasked. */
  private static void byHand(
      HttpServerExchange exchange, Function<SlackRequest, JsonObject> act) throws IOException {
    String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    if (type == null || !type.startsWith("application/json")) {
      send(exchange, 415, "text/plain", "send application/json");
      return;
    }
    try {
      sendJson(exchange, 200, act.apply(SlackRequest.read(exchange)));
    } catch (SlackError e) {
      sendJson(exchange, 400, error(e));
    } catch (JsonParseException e) {
      sendJson(exchange, 400, error(new SlackError("invalid_json")));
    }
  }

  /** Whether the call was told to fail; it is answered then. */
  private boolean failed(HttpServerExchange exchange) {
    SlackFailure failure = faults.take().orElse(null);
    switch (failure) {
      case null -> {
        return false;
      }
      case SlackFailure.RateLimited(int retryAfterSeconds) -> {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, retryAfterSeconds);
        sendJson(exchange, 429, error(new SlackError("ratelimited")));
      }
      case SlackFailure.ServerError(int status) ->
          send(exchange, status, "text/html", "<html>upstream trouble</html>");
      case SlackFailure.Hang() -> {
        hang();
        send(exchange, 503, "text/plain", "closing");
      }
    }
    return true;
  }

  private void hang() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(HttpServerExchange exchange, String method) throws IOException {
    JsonObject answer;
    try {
      answer = api.call(method, SlackRequest.read(exchange));
    } catch (SlackError e) {
      answer = error(e);
    } catch (JsonParseException e) {
      answer = error(new SlackError("invalid_json"));
    }
    sendJson(exchange, 200, answer);
  }

  private void webhook(HttpServerExchange exchange, String id) throws IOException {
    try {
      SlackRequest request = SlackRequest.read(exchange);
      String payload = request.arguments().get("payload");
      api.webhook(
          id,
          payload == null
              ? request
              : new SlackRequest(request.token(), SlackRequest.json(payload)));
      send(exchange, 200, "text/plain", "ok");
    } catch (SlackError e) {
      send(exchange, e.code().equals("no_service") ? 404 : 400, "text/plain", e.code());
    } catch (JsonParseException e) {
      send(exchange, 400, "text/plain", "invalid_payload");
    }
  }

  private static JsonObject error(SlackError error) {
    JsonObject json = new JsonObject();
    json.addProperty("ok", false);
    json.addProperty("error", error.code());
    if (!error.problems().isEmpty()) {
      JsonArray errors = new JsonArray();
      JsonArray lines = new JsonArray();
      for (String problem : error.problems()) {
        errors.add(problem);
        lines.add("[ERROR] " + problem);
      }
      json.add("errors", errors);
      JsonObject metadata = new JsonObject();
      metadata.add("messages", lines);
      json.add("response_metadata", metadata);
    }
    return json;
  }

  private static void sendJson(HttpServerExchange exchange, int status, JsonObject json) {
    send(exchange, status, "application/json; charset=utf-8", json.toString());
  }

  private static void send(HttpServerExchange exchange, int status, String type, String body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.getResponseSender().send(body);
  }
}
