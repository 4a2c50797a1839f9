package dev.slipway.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseId;

/** The modal views people are asked, or told, something in. */
final class Dialog {

  static final String CALLBACK = "slipway.command";
  static final String BLOCK = "reason";
  static final String INPUT = "text";
  static final int MAX_REASON = 500;

  private static final int MAX_TITLE = 24;
  private static final int MIN_REASON = 3;

  private Dialog() {}

  /** Asks for a reason; what was to be done with it stays in the view's private metadata. */
  static JsonObject reason(Command.Kind kind, ReleaseId release, boolean needed) {
    JsonObject input = new JsonObject();
    input.addProperty("type", "plain_text_input");
    input.addProperty("action_id", INPUT);
    input.addProperty("max_length", MAX_REASON);
    if (needed) {
      input.addProperty("min_length", MIN_REASON);
    }
    JsonObject block = new JsonObject();
    block.addProperty("type", "input");
    block.addProperty("block_id", BLOCK);
    block.addProperty("optional", !needed);
    block.add("label", Blocks.plainText("Why?", 2000));
    block.add("element", input);
    JsonArray blocks =
        new Blocks().section(Buttons.label(kind) + " `" + release + "`").json();
    blocks.add(block);
    JsonObject view = view(Buttons.label(kind), blocks);
    view.addProperty("callback_id", CALLBACK);
    view.addProperty("private_metadata", kind.name() + " " + release);
    view.add("submit", Blocks.plainText(Buttons.label(kind), MAX_TITLE));
    return view;
  }

  /** Tells something. */
  static JsonObject told(String mrkdwn) {
    return view("Slipway", new Blocks().section(mrkdwn).json());
  }

  private static JsonObject view(String title, JsonArray blocks) {
    JsonObject view = new JsonObject();
    view.addProperty("type", "modal");
    view.add("title", Blocks.plainText(title, MAX_TITLE));
    view.add("close", Blocks.plainText("Close", MAX_TITLE));
    view.add("blocks", blocks);
    return view;
  }
}
