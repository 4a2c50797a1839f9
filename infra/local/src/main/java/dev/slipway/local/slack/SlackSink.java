package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Slack, as far as a release pipeline sees it: {@code POST /slack/api/METHOD} for chat.postMessage,
 * chat.update, conversations.history and auth.test, {@code POST /slack/webhook/ID}, and {@code GET /slack/messages} to
 * look at what was said. Refuses what Slack's published limits refuse.
 */
public final class SlackSink implements CloudService {

  private static final String API = "/api/";
  private static final String WEBHOOK = "/webhook/";

  private final Messages messages;
  private final SlackApi api;
  private final SlackFaults faults = new SlackFaults();
  private final CountDownLatch closing = new CountDownLatch(1);

  public SlackSink(State state, Clock clock, SlackWorkspace workspace) {
    messages = new Messages(state, clock);
    api = new SlackApi(workspace, messages);
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
  }

  private void handle(HttpServerExchange exchange) throws IOException {
    String path = exchange.getRelativePath();
    boolean post = exchange.getRequestMethod().equals(Methods.POST);
    if (path.equals("/messages") && !post) {
      JsonArray all = new JsonArray();
      messages().forEach(message -> all.add(MessageJson.write(message)));
      send(exchange, 200, "application/json", all.toString());
    } else if (!post || !(path.startsWith(API) || path.startsWith(WEBHOOK))) {
      send(exchange, 404, "text/plain", "nothing is here; POST to /slack/api/METHOD");
    } else if (!failed(exchange)) {
      if (path.startsWith(API)) {
        call(exchange, path.substring(API.length()));
      } else {
        webhook(exchange, path.substring(WEBHOOK.length()));
      }
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
