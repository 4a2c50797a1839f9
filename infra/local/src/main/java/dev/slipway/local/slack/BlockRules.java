package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slack's published limits on Block Kit blocks in a message; problems in Slack's own words. */
final class BlockRules {

  private static final Set<String> TEXT_TYPES = Set.of("mrkdwn", "plain_text");

  /** Blocks accepted as they are: Slipway sends none of them. */
  private static final Set<String> UNCHECKED =
      Set.of("file", "markdown", "rich_text", "table", "video");

  private static final int MOST_BLOCKS = 50;
  private static final int MOST_BLOCKS_OF_A_VIEW = 100;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> blockIds = new HashSet<>();

  private BlockRules() {}

  /** Every problem with its JSON pointer; none for blocks Slack would take. */
  static List<String> problems(JsonArray blocks) {
    var rules = new BlockRules();
    rules.blocks(blocks, MOST_BLOCKS);
    return rules.problems;
  }

  /** Every problem of a modal view. */
  static List<String> problemsOfView(JsonObject view) {
    var rules = new BlockRules();
    if (!typeOf(view).equals("modal")) {
      rules.problem("must be one of: modal", "/view/type");
    }
    rules.plainText(view, "title", 24, "/view");
    for (String optional : List.of("submit", "close")) {
      if (view.has(optional)) {
        rules.plainText(view, optional, 24, "/view");
      }
    }
    rules.string(view, "callback_id", 255, "/view");
    rules.string(view, "private_metadata", 3000, "/view");
    JsonArray blocks = rules.array(view, "blocks", 1, MOST_BLOCKS_OF_A_VIEW, "/view");
    rules.blocks(blocks, MOST_BLOCKS_OF_A_VIEW);
    boolean asks = false;
    for (JsonElement block : blocks) {
      asks |= block.isJsonObject() && typeOf(block.getAsJsonObject()).equals("input");
    }
    if (asks && !view.has("submit")) {
      rules.problem("missing required field: submit", "/view");
    }
    return rules.problems;
  }

  private void blocks(JsonArray blocks, int most) {
    atMost(most, blocks, "/blocks");
    for (int i = 0; i < blocks.size(); i++) {
      block(blocks.get(i), "/blocks/" + i);
    }
  }

  private void block(JsonElement element, String at) {
    if (!element.isJsonObject()) {
      problem("must be an object", at);
      return;
    }
    JsonObject block = element.getAsJsonObject();
    string(block, "block_id", 255, at);
    if (block.has("block_id") && !blockIds.add(block.get("block_id").getAsString())) {
      problem("block_id must be unique", at + "/block_id");
    }
    String type = typeOf(block);
    switch (type) {
      case "section" -> section(block, at);
      case "header" -> plainText(block, "text", 150, at);
      case "image" -> image(block, at);
      case "actions" -> actions(block, at);
      case "context" -> context(block, at);
      case "input" -> input(block, at);
      case "divider" -> {}
      default -> {
        if (!UNCHECKED.contains(type)) {
          problem("unsupported type: " + type, at + "/type");
        }
      }
    }
  }

  private void section(JsonObject block, String at) {
    if (!block.has("text") && !block.has("fields")) {
      problem("missing required field: text", at);
    }
    if (block.has("text")) {
      text(block.get("text"), 3000, at + "/text");
    }
    if (block.has("fields")) {
      JsonArray fields = array(block, "fields", 1, 10, at);
      for (int i = 0; i < fields.size(); i++) {
        text(fields.get(i), 2000, at + "/fields/" + i);
      }
    }
    if (block.has("accessory")) {
      element(block.get("accessory"), new HashSet<>(), at + "/accessory");
    }
  }

  private void actions(JsonObject block, String at) {
    JsonArray elements = array(block, "elements", 1, 25, at);
    Set<String> actionIds = new HashSet<>();
    for (int i = 0; i < elements.size(); i++) {
      element(elements.get(i), actionIds, at + "/elements/" + i);
    }
  }

  private void context(JsonObject block, String at) {
    JsonArray elements = array(block, "elements", 1, 10, at);
    for (int i = 0; i < elements.size(); i++) {
      JsonElement element = elements.get(i);
      String here = at + "/elements/" + i;
      if (element.isJsonObject() && typeOf(element.getAsJsonObject()).equals("image")) {
        image(element.getAsJsonObject(), here);
      } else {
        text(element, 3000, here);
      }
    }
  }

  private void input(JsonObject block, String at) {
    plainText(block, "label", 2000, at);
    if (block.has("hint")) {
      plainText(block, "hint", 2000, at);
    }
    if (!block.has("element")) {
      problem("missing required field: element", at);
      return;
    }
    element(block.get("element"), new HashSet<>(), at + "/element");
    JsonObject element = block.getAsJsonObject("element");
    if (element.has("max_length") && element.get("max_length").getAsInt() > 3000) {
      problem("must be less than 3001", at + "/element/max_length");
    }
    string(element, "initial_value", 3000, at + "/element");
  }

  private void image(JsonObject image, String at) {
    if (!image.has("image_url") && !image.has("slack_file")) {
      problem("missing required field: image_url", at);
    }
    string(image, "image_url", 3000, at);
    if (!image.has("alt_text")) {
      problem("missing required field: alt_text", at);
    }
    string(image, "alt_text", 2000, at);
    if (image.has("title")) {
      plainText(image, "title", 2000, at);
    }
  }

  private void element(JsonElement json, Set<String> actionIds, String at) {
    if (!json.isJsonObject()) {
      problem("must be an object", at);
      return;
    }
    JsonObject element = json.getAsJsonObject();
    string(element, "action_id", 255, at);
    if (element.has("action_id") && !actionIds.add(element.get("action_id").getAsString())) {
      problem("action_id must be unique in its block", at + "/action_id");
    }
    switch (typeOf(element)) {
      case "button" -> button(element, at);
      case "image" -> image(element, at);
      case "static_select" -> array(element, "options", 1, 100, at);
      case "overflow" -> array(element, "options", 1, 5, at);
      case "" -> problem("missing required field: type", at);
      default -> {}
    }
  }

  private void button(JsonObject button, String at) {
    plainText(button, "text", 75, at);
    string(button, "value", 2000, at);
    string(button, "url", 3000, at);
    string(button, "accessibility_label", 75, at);
    if (button.has("style")
        && !Set.of("primary", "danger").contains(button.get("style").getAsString())) {
      problem("must be one of: primary, danger", at + "/style");
    }
    if (button.has("confirm")) {
      JsonObject confirm = button.getAsJsonObject("confirm");
      plainText(confirm, "title", 100, at + "/confirm");
      text(confirm.get("text"), 300, at + "/confirm/text");
      plainText(confirm, "confirm", 30, at + "/confirm");
      plainText(confirm, "deny", 30, at + "/confirm");
    }
  }

  private void plainText(JsonObject owner, String name, int most, String at) {
    JsonElement text = owner.get(name);
    text(text, most, at + "/" + name);
    if (text != null && text.isJsonObject()
        && typeOf(text.getAsJsonObject()).equals("mrkdwn")) {
      problem("must be plain_text", at + "/" + name + "/type");
    }
  }

  private void text(@Nullable JsonElement json, int most, String at) {
    if (json == null || !json.isJsonObject()) {
      problem("missing required text object", at);
      return;
    }
    JsonObject text = json.getAsJsonObject();
    if (!TEXT_TYPES.contains(typeOf(text))) {
      problem("must be one of: mrkdwn, plain_text", at + "/type");
    }
    if (!text.has("text") || text.get("text").getAsString().isEmpty()) {
      problem("must be more than 0 characters", at + "/text");
    }
    string(text, "text", most, at);
  }

  private void string(JsonObject owner, String name, int most, String at) {
    if (owner.has(name) && owner.get(name).getAsString().length() > most) {
      problem("must be less than " + (most + 1) + " characters", at + "/" + name);
    }
  }

  private JsonArray array(JsonObject owner, String name, int least, int most, String at) {
    JsonElement json = owner.get(name);
    JsonArray array = json != null && json.isJsonArray() ? json.getAsJsonArray() : new JsonArray();
    if (array.size() < least) {
      problem("no fewer than " + least + " items allowed", at + "/" + name);
    }
    atMost(most, array, at + "/" + name);
    return array;
  }

  private void atMost(int most, JsonArray array, String at) {
    if (array.size() > most) {
      problem("no more than " + most + " items allowed", at);
    }
  }

  private void problem(String what, String at) {
    problems.add("%s [json-pointer:%s]".formatted(what, at));
  }

  private static String typeOf(JsonObject object) {
    JsonElement type = object.get("type");
    return type == null ? "" : type.getAsString();
  }
}
