package dev.slipway.local.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/** What an app attaches to a message: {@code {"event_type": "...", "event_payload": {...}}}. */
final class MessageMetadata {

  private static final String TYPE = "event_type";
  private static final String PAYLOAD = "event_payload";

  private MessageMetadata() {}

  /** The metadata of a call, as JSON; Slack refuses what is not of its shape. */
  static Optional<String> of(SlackRequest request) {
    Optional<String> metadata = request.argument("metadata");
    if (metadata.isPresent() && !isLegal(metadata.get())) {
      throw new SlackError("invalid_metadata_format");
    }
    return metadata;
  }

  private static boolean isLegal(String json) {
    try {
      JsonElement parsed = JsonParser.parseString(json);
      return parsed instanceof JsonObject metadata
          && metadata.get(TYPE) instanceof JsonPrimitive
          && metadata.get(PAYLOAD) instanceof JsonObject;
    } catch (JsonParseException e) {
      return false;
    }
  }
}
