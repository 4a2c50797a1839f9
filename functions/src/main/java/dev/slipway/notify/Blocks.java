package dev.slipway.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * Builds Block Kit JSON that keeps Slack's limits, whatever is put in: what is too long is cut, what
 * is too many is left out.
 *
 * <p>The limits: 50 blocks; a header 150 characters, a section 3000, a context 10 elements; 25
 * elements of actions, a button's text 75 characters, its value and a URL 2000 and 3000.
 */
final class Blocks {

  private static final int MAX_BLOCKS = 50;
  private static final int MAX_HEADER = 150;
  private static final int MAX_SECTION = 3000;
  private static final int MAX_CONTEXT = 10;
  private static final int MAX_ACTIONS = 25;
  private static final int MAX_BUTTON = 75;
  private static final int MAX_URL = 3000;

  private final JsonArray blocks = new JsonArray();

  /** A line in large letters; not mrkdwn. */
  Blocks header(String text) {
    return add(with("header", "text", plainText(text, MAX_HEADER)));
  }

  /** A paragraph of mrkdwn; none where the text is blank. */
  Blocks section(String mrkdwn) {
    return mrkdwn.isBlank()
        ? this
        : add(with("section", "text", mrkdwn(mrkdwn)));
  }

  /** Small print in mrkdwn, side by side; none where there is nothing. */
  Blocks context(List<String> mrkdwn) {
    JsonArray elements = new JsonArray();
    mrkdwn.stream()
        .filter(text -> !text.isBlank())
        .limit(MAX_CONTEXT)
        .forEach(text -> elements.add(mrkdwn(text)));
    return elements.isEmpty() ? this : add(with("context", "elements", elements));
  }

  /** A row of buttons; none where there is none. */
  Blocks actions(List<Button> buttons) {
    JsonArray elements = new JsonArray();
    buttons.stream().limit(MAX_ACTIONS).map(Blocks::button).forEach(elements::add);
    return elements.isEmpty() ? this : add(with("actions", "elements", elements));
  }

  /**
   * A button.
   *
   * @param action what the interaction is told by; another in each button of a row
   * @param value what the interaction carries; at most 2000 characters
   * @param style {@code primary}, {@code danger}, or empty
   */
  record Button(String text, String action, String value, String style) {}

  private static JsonObject button(Button button) {
    JsonObject json = with("button", "text", plainText(button.text(), MAX_BUTTON));
    json.addProperty("action_id", button.action());
    json.addProperty("value", button.value());
    if (!button.style().isEmpty()) {
      json.addProperty("style", button.style());
    }
    return json;
  }

  /** A link in mrkdwn; the label alone where the address is none Slack would take as it is. */
  static String link(String url, String label) {
    boolean safe = url.matches("https?://[^\\s<>|]+") && url.length() <= MAX_URL;
    return safe ? "<" + url.replace("&", "&amp;") + "|" + label + ">" : label;
  }

  /** Without {@code verbatim}, Slack would make links and mentions of what looks like one. */
  private static JsonObject mrkdwn(String text) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "mrkdwn");
    json.addProperty("text", Markup.limit(text, MAX_SECTION));
    json.addProperty("verbatim", true);
    return json;
  }

  static JsonObject plainText(String text, int max) {
    JsonObject json = new JsonObject();
    json.addProperty("type", "plain_text");
    json.addProperty("text", Markup.limit(text.isBlank() ? "-" : text, max));
    json.addProperty("emoji", true);
    return json;
  }

  private static JsonObject with(String type, String field, JsonElement value) {
    JsonObject block = new JsonObject();
    block.addProperty("type", type);
    block.add(field, value);
    return block;
  }

  private Blocks add(JsonObject block) {
    if (blocks.size() < MAX_BLOCKS) {
      blocks.add(block);
    }
    return this;
  }

  JsonArray json() {
    return blocks.deepCopy();
  }
}
