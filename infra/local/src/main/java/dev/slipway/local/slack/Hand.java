package dev.slipway.local.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A person's hand: clicks buttons and sends dialogs in, and has Slack tell the app of it, signed, in
 * the shapes Slack documents.
 */
final class Hand {

  /** So long Slack waits for an app. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SlackWorkspace workspace;
  private final Messages messages;
  private final Views views;
  private final Clock clock;
  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /** Calls the app at {@code base}, {@code http://host:port}. */
  Hand(SlackWorkspace workspace, Messages messages, Views views, Clock clock, String base) {
    this.workspace = workspace;
    this.messages = messages;
    this.views = views;
    this.clock = clock;
    this.base = base;
  }

  /** Who does it. */
  record Person(String id, String name) {

    static Person of(SlackRequest request) {
      return new Person(
          request.argument("user").orElse("U0NEWCOMER"),
          request.argument("name").orElse("newcomer"));
    }

    private JsonObject json() {
      JsonObject user = new JsonObject();
      user.addProperty("id", id);
      user.addProperty("username", name);
      user.addProperty("name", name);
      user.addProperty("team_id", "T0SLIPWAY");
      return user;
    }
  }

  /**
   * Clicks {@code action_id} in the message {@code ts} of {@code channel}.
   *
   * @return {@code {"status":200,"body":"","view":{...}}}: the app's answer, and the dialog it opened
   */
  JsonObject click(SlackRequest request) {
    String channel =
        request
            .argument("channel")
            .flatMap(workspace::channel)
            .orElseThrow(() -> new SlackError("channel_not_found"));
    SlackMessage message =
        request
            .argument("ts")
            .flatMap(ts -> messages.find(channel, ts))
            .orElseThrow(() -> new SlackError("message_not_found"));
    JsonObject action =
        request
            .argument("action_id")
            .flatMap(id -> button(message, id))
            .orElseThrow(() -> new SlackError("no_such_button"));
    String trigger = views.trigger();
    JsonObject payload = payload("block_actions", Person.of(request), trigger);
    JsonObject container = new JsonObject();
    container.addProperty("type", "message");
    container.addProperty("message_ts", message.ts());
    container.addProperty("channel_id", SlackWorkspace.channelId(channel));
    container.addProperty("is_ephemeral", false);
    payload.add("container", container);
    JsonObject place = new JsonObject();
    place.addProperty("id", SlackWorkspace.channelId(channel));
    place.addProperty("name", channel);
    payload.add("channel", place);
    payload.add("message", MessageJson.asSlack(message));
    JsonObject state = new JsonObject();
    state.add("values", new JsonObject());
    payload.add("state", state);
    payload.addProperty("response_url", "https://hooks.slack.com/actions/T0SLIPWAY/1/none");
    JsonArray actions = new JsonArray();
    actions.add(action);
    payload.add("actions", actions);
    JsonObject answer = send(payload);
    views.openedBy(trigger).ifPresent(view -> answer.add("view", view));
    return answer;
  }

  private Optional<JsonObject> button(SlackMessage message, String actionId) {
    for (JsonElement block : JsonParser.parseString(message.now().blocks()).getAsJsonArray()) {
      JsonElement elements = block.getAsJsonObject().get("elements");
      for (JsonElement each : elements == null ? new JsonArray() : elements.getAsJsonArray()) {
        JsonObject element = each.getAsJsonObject();
        if (element.has("action_id") && element.get("action_id").getAsString().equals(actionId)) {
          JsonObject action = element.deepCopy();
          action.addProperty("block_id", "b" + Math.abs(message.ts().hashCode() % 100_000));
          action.addProperty("action_ts", message.ts());
          return Optional.of(action);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Sends in the dialog {@code view_id}, with {@code text} in its one input.
   *
   * @return the app's answer, and the dialog where it stays open
   */
  JsonObject submit(SlackRequest request) {
    JsonObject view =
        request
            .argument("view_id")
            .flatMap(views::find)
            .orElseThrow(() -> new SlackError("view_not_found"));
    view.add("state", state(view, request.argument("text")));
    view.addProperty("team_id", "T0SLIPWAY");
    view.addProperty("hash", "1.slipway");
    view.addProperty("app_id", "A0SLIPWAY");
    view.addProperty("bot_id", "B0SLIPWAY");
    JsonObject payload = payload("view_submission", Person.of(request), views.trigger());
    payload.add("view", view);
    payload.add("response_urls", new JsonArray());
    JsonObject answer = send(payload);
    follow(view.get("id").getAsString(), answer);
    return answer;
  }

  private static JsonObject state(JsonObject view, Optional<String> text) {
    JsonObject values = new JsonObject();
    for (JsonElement each : view.getAsJsonArray("blocks")) {
      JsonObject block = each.getAsJsonObject();
      if (block.get("type").getAsString().equals("input")) {
        JsonObject element = block.getAsJsonObject("element");
        JsonObject typed = new JsonObject();
        typed.addProperty("type", element.get("type").getAsString());
        typed.addProperty("value", text.orElse(null));
        JsonObject action = new JsonObject();
        action.add(element.get("action_id").getAsString(), typed);
        values.add(block.get("block_id").getAsString(), action);
      }
    }
    JsonObject state = new JsonObject();
    state.add("values", values);
    return state;
  }

  /** Does with the dialog what the app answered. */
  private void follow(String view, JsonObject answer) {
    if (answer.get("status").getAsInt() != 200) {
      return;
    }
    String body = answer.get("body").getAsString();
    if (body.isEmpty()) {
      views.close(view);
      return;
    }
    try {
      JsonObject json = JsonParser.parseString(body).getAsJsonObject();
      switch (json.get("response_action").getAsString()) {
        case "update" -> answer.add("view", views.update(view, json.getAsJsonObject("view")));
        case "errors" -> answer.add("errors", json.getAsJsonObject("errors"));
        default -> views.close(view);
      }
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new SlackError("invalid_response_action");
    }
  }

  private JsonObject payload(String type, Person person, String trigger) {
    JsonObject payload = new JsonObject();
    payload.addProperty("type", type);
    JsonObject team = new JsonObject();
    team.addProperty("id", "T0SLIPWAY");
    team.addProperty("domain", "slipway");
    payload.add("team", team);
    payload.add("user", person.json());
    payload.addProperty("api_app_id", "A0SLIPWAY");
    payload.addProperty("token", "verification-tokens-are-of-the-past");
    payload.addProperty("trigger_id", trigger);
    payload.add("enterprise", null);
    payload.addProperty("is_enterprise_install", false);
    return payload;
  }

  private JsonObject send(JsonObject payload) {
    SlackWorkspace.App app = workspace.app().orElseThrow(() -> new SlackError("no_app_answers"));
    String body = "payload=" + URLEncoder.encode(payload.toString(), UTF_8);
    String time = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + app.interactions()))
            .timeout(PATIENCE)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
            .header("x-slack-request-timestamp", time)
            .header("x-slack-signature", signature(app.signingSecret(), time, body))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      JsonObject answer = new JsonObject();
      answer.addProperty("status", response.statusCode());
      answer.addProperty("body", response.body());
      return answer;
    } catch (IOException e) {
      throw new SlackError("app_did_not_answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlackError("app_did_not_answer");
    }
  }

  private static String signature(String secret, String time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal(("v0:" + time + ":" + body).getBytes(UTF_8));
      return "v0=" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  void close() {
    http.shutdownNow();
  }
}
