package dev.slipway.local.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dialogs that are open, and the triggers that may open one: of memory, as people's screens are. */
final class Views {

  /** So long Slack takes a trigger. */
  private static final Duration TRIGGER = Duration.ofSeconds(3);

  private final Clock clock;
  private final Map<String, Instant> triggers = new HashMap<>();
  private final Map<String, JsonObject> open = new HashMap<>();
  private final Map<String, String> openedBy = new HashMap<>();
  private int next = 1;

  Views(Clock clock) {
    this.clock = clock;
  }

  /** A trigger for an app to open one dialog with. */
  synchronized String trigger() {
    String id = "%d.%d.slipway".formatted(clock.instant().toEpochMilli(), next++);
    triggers.put(id, clock.instant());
    return id;
  }

  /** Opens a dialog, and answers it as Slack does. */
  synchronized JsonObject open(String trigger, String json) {
    Instant given = triggers.get(trigger);
    if (given == null) {
      throw new SlackError(openedBy.containsKey(trigger) ? "exchanged_trigger_id" : "invalid_trigger_id");
    }
    if (clock.instant().isAfter(given.plus(TRIGGER))) {
      throw new SlackError("expired_trigger_id");
    }
    JsonObject view = parsed(json);
    view.addProperty("id", "V%08d".formatted(next++));
    triggers.remove(trigger);
    openedBy.put(trigger, view.get("id").getAsString());
    open.put(view.get("id").getAsString(), view);
    return view.deepCopy();
  }

  /** The dialog that was opened with a trigger, if one was. */
  synchronized Optional<JsonObject> openedBy(String trigger) {
    return Optional.ofNullable(openedBy.get(trigger)).map(open::get).map(JsonObject::deepCopy);
  }

  synchronized Optional<JsonObject> find(String id) {
    return Optional.ofNullable(open.get(id)).map(JsonObject::deepCopy);
  }

  synchronized void close(String id) {
    open.remove(id);
  }

  /** Shows something else in an open dialog. */
  synchronized JsonObject update(String id, JsonObject view) {
    check(view);
    JsonObject shown = view.deepCopy();
    shown.addProperty("id", id);
    open.put(id, shown);
    return shown.deepCopy();
  }

  private static JsonObject parsed(String json) {
    try {
      JsonObject view = JsonParser.parseString(json).getAsJsonObject();
      check(view);
      return view;
    } catch (JsonParseException | IllegalStateException e) {
      throw new SlackError("invalid_arguments");
    }
  }

  private static void check(JsonObject view) {
    List<String> problems;
    try {
      problems = BlockRules.problemsOfView(view);
    } catch (IllegalStateException | UnsupportedOperationException | ClassCastException e) {
      problems = List.of("a field is of the wrong type: " + e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new SlackError("invalid_arguments", problems);
    }
  }
}
