package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Messages as JSON: in the state, in {@code GET /slack/messages}, and as Slack's own answers. */
final class MessageJson {

  private MessageJson() {}

  /** {@code {channel, ts, thread_ts?, metadata?, edits, text, blocks, versions: [{at, text, blocks}]}}. */
  static JsonObject write(SlackMessage message) {
    JsonObject json = new JsonObject();
    json.addProperty("channel", message.channel());
    json.addProperty("ts", message.ts());
    if (message.threadTs() != null) {
      json.addProperty("thread_ts", message.threadTs());
    }
    if (message.metadata() != null) {
      json.add("metadata", JsonParser.parseString(message.metadata()));
    }
    json.addProperty("edits", message.edits());
    say(json, message.now());
    JsonArray versions = new JsonArray();
    for (SlackMessage.Version version : message.versions()) {
      JsonObject each = new JsonObject();
      each.addProperty("at", version.at().toString());
      say(each, version);
      versions.add(each);
    }
    json.add("versions", versions);
    return json;
  }

  static SlackMessage read(byte[] bytes) {
    JsonObject json =
        JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
    List<SlackMessage.Version> versions = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("versions")) {
      JsonObject version = element.getAsJsonObject();
      versions.add(
          new SlackMessage.Version(
              Instant.parse(version.get("at").getAsString()),
              version.get("text").getAsString(),
              version.get("blocks").toString()));
    }
    JsonElement thread = json.get("thread_ts");
    JsonElement metadata = json.get("metadata");
    return new SlackMessage(
        json.get("channel").getAsString(),
        json.get("ts").getAsString(),
        thread == null ? null : thread.getAsString(),
        metadata == null ? null : metadata.toString(),
        versions);
  }

  /** The {@code message} of Slack's answers. */
  static JsonObject asSlack(SlackMessage message) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "message");
    json.addProperty("user", "U0SLIPWAY");
    json.addProperty("bot_id", "B0SLIPWAY");
    json.addProperty("app_id", "A0SLIPWAY");
    json.addProperty("team", "T0SLIPWAY");
    json.addProperty("ts", message.ts());
    if (message.threadTs() != null) {
      json.addProperty("thread_ts", message.threadTs());
    }
    say(json, message.now());
    if (message.edits() > 0) {
      JsonObject edited = new JsonObject();
      edited.addProperty("user", "U0SLIPWAY");
      edited.addProperty("ts", message.now().at().getEpochSecond() + ".000000");
      json.add("edited", edited);
    }
    return json;
  }

  private static void say(JsonObject json, SlackMessage.Version version) {
    json.addProperty("text", version.text());
    json.add("blocks", JsonParser.parseString(version.blocks()));
  }
}
