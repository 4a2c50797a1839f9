package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;

/** The methods of Slack's web API, and incoming webhooks; a refusal is a {@link SlackError}. */
final class SlackApi {

  private static final int MOST_TEXT = 40_000;

  private final SlackWorkspace workspace;
  private final Messages messages;
  private final Views views;

  SlackApi(SlackWorkspace workspace, Messages messages, Views views) {
    this.workspace = workspace;
    this.messages = messages;
    this.views = views;
  }

  JsonObject call(String method, SlackRequest request) {
    String token = request.token().orElseThrow(() -> new SlackError("not_authed"));
    if (!token.equals(workspace.token())) {
      throw new SlackError("invalid_auth");
    }
    return switch (method) {
      case "auth.test" -> authTest();
      case "chat.postMessage" -> postMessage(request);
      case "chat.update" -> update(request);
      case "conversations.history" -> history(request);
      case "conversations.replies" -> replies(request);
      case "views.open" -> open(request);
      case "api.test" -> ok();
      default -> throw new SlackError("unknown_method");
    };
  }

  /** Posts what came to an incoming webhook. */
  void webhook(String id, SlackRequest request) {
    if (!workspace.webhooks().contains(id)) {
      throw new SlackError("no_service");
    }
    Said said = said(request);
    var unused = messages.post(draft(id, request, said));
  }

  private JsonObject authTest() {
    JsonObject answer = ok();
    answer.addProperty("url", "https://slipway.slack.com/");
    answer.addProperty("team", "Slipway");
    answer.addProperty("user", "slipway");
    answer.addProperty("team_id", "T0SLIPWAY");
    answer.addProperty("user_id", "U0SLIPWAY");
    answer.addProperty("bot_id", "B0SLIPWAY");
    answer.addProperty("is_enterprise_install", false);
    return answer;
  }

  private JsonObject postMessage(SlackRequest request) {
    String channel =
        request
            .argument("channel")
            .flatMap(workspace::channel)
            .orElseThrow(() -> new SlackError("channel_not_found"));
    Said said = said(request);
    Optional<String> thread = request.argument("thread_ts");
    if (thread.isPresent() && messages.find(channel, thread.get()).isEmpty()) {
      throw new SlackError("thread_not_found");
    }
    return answer(messages.post(draft(channel, request, said)));
  }

  private JsonObject open(SlackRequest request) {
    String view = request.argument("view").orElseThrow(() -> new SlackError("invalid_arguments"));
    String trigger =
        request.argument("trigger_id").orElseThrow(() -> new SlackError("invalid_arguments"));
    JsonObject answer = ok();
    answer.add("view", views.open(trigger, view));
    return answer;
  }

  private static Messages.Draft draft(String channel, SlackRequest request, Said said) {
    return new Messages.Draft(
        channel,
        request.argument("thread_ts").orElse(null),
        MessageMetadata.of(request).orElse(null),
        said.text().orElse(""),
        said.blocks().orElse("[]"));
  }

  /** Takes the channel by its id only, as Slack does. */
  private JsonObject replies(SlackRequest request) {
    String channel =
        request
            .argument("channel")
            .flatMap(workspace::channelById)
            .orElseThrow(() -> new SlackError("channel_not_found"));
    List<SlackMessage> thread = messages.thread(channel, request.argument("ts").orElse(""));
    if (thread.isEmpty()) {
      throw new SlackError("thread_not_found");
    }
    JsonObject answer = ok();
    HistoryPage.ofThread(thread, request).writeTo(answer);
    return answer;
  }

  /** Takes the channel by its id only, as Slack does. */
  private JsonObject history(SlackRequest request) {
    String channel =
        request
            .argument("channel")
            .flatMap(workspace::channelById)
            .orElseThrow(() -> new SlackError("channel_not_found"));
    JsonObject answer = ok();
    HistoryPage.of(messages.history(channel), request).writeTo(answer);
    return answer;
  }

  /** Takes the channel by its id only, as Slack does. */
  private JsonObject update(SlackRequest request) {
    String channel =
        request
            .argument("channel")
            .flatMap(workspace::channelById)
            .orElseThrow(() -> new SlackError("channel_not_found"));
    Said said = said(request);
    SlackMessage message =
        request
            .argument("ts")
            .flatMap(ts -> messages.update(channel, ts, said.text(), said.blocks()))
            .orElseThrow(() -> new SlackError("message_not_found"));
    JsonObject answer = answer(message);
    answer.addProperty("text", message.now().text());
    return answer;
  }

  private record Said(Optional<String> text, Optional<String> blocks) {}

  private static Said said(SlackRequest request) {
    Optional<String> text = request.argument("text");
    Optional<String> blocks = request.argument("blocks");
    if (text.isEmpty() && blocks.isEmpty()) {
      throw new SlackError("no_text");
    }
    if (text.isPresent() && text.get().length() > MOST_TEXT) {
      throw new SlackError("msg_too_long");
    }
    blocks.ifPresent(SlackApi::check);
    return new Said(text, blocks);
  }

  private static void check(String blocks) {
    JsonArray array;
    try {
      JsonElement json = JsonParser.parseString(blocks);
      if (!json.isJsonArray()) {
        throw new SlackError("invalid_blocks_format");
      }
      array = json.getAsJsonArray();
    } catch (JsonParseException e) {
      throw new SlackError("invalid_blocks_format");
    }
    List<String> problems = problems(array);
    if (!problems.isEmpty()) {
      throw new SlackError("invalid_blocks", problems);
    }
  }

  private static List<String> problems(JsonArray blocks) {
    try {
      return BlockRules.problems(blocks);
    } catch (IllegalStateException | UnsupportedOperationException | ClassCastException e) {
      return List.of("a field is of the wrong type: " + e.getMessage());
    }
  }

  private static JsonObject answer(SlackMessage message) {
    JsonObject answer = ok();
    answer.addProperty("channel", SlackWorkspace.channelId(message.channel()));
    answer.addProperty("ts", message.ts());
    answer.add("message", MessageJson.asSlack(message));
    return answer;
  }

  private static JsonObject ok() {
    JsonObject answer = new JsonObject();
    answer.addProperty("ok", true);
    return answer;
  }
}
