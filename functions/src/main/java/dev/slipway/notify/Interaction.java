package dev.slipway.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What somebody did in Slack, as Slack tells it. */
sealed interface Interaction {

  /** A person: the id cannot be chosen, the name can. */
  record User(String id, String name) {

    private static final int MAX_NAME = 80;

    /** {@code slack:U0123 (ana)}. */
    String actor() {
      String shown = Markup.plain(name).replaceAll("[()\\t]", " ").strip();
      return "slack:"
          + id
          + (shown.isEmpty() ? "" : " (" + Markup.limit(shown, MAX_NAME) + ")");
    }
  }

  /** A button of ours was clicked. */
  record Clicked(User user, String trigger, Command.Kind kind, ReleaseId release)
      implements Interaction {}

  /** A dialog of ours was sent in. */
  record Submitted(User user, Command.Kind kind, ReleaseId release, String reason)
      implements Interaction {}

  /** Anything else, such as a click of a link: Slack wants it acknowledged. */
  record Other() implements Interaction {}

  /**
   * Reads the body of a request, {@code payload=JSON} form-encoded.
   *
   * @return empty when it is of no shape that Slack sends
   */
  static Optional<Interaction> read(String body) {
    try {
      for (String field : body.split("&", -1)) {
        if (field.startsWith("payload=")) {
          String json =
              URLDecoder.decode(field.substring("payload=".length()), StandardCharsets.UTF_8);
          return Optional.of(read(JsonParser.parseString(json).getAsJsonObject()));
        }
      }
      return Optional.empty();
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException
        | IndexOutOfBoundsException unreadable) {
      return Optional.empty();
    }
  }

  private static Interaction read(JsonObject payload) {
    return switch (payload.get("type").getAsString()) {
      case "block_actions" -> clicked(payload);
      case "view_submission" -> submitted(payload);
      default -> new Other();
    };
  }

  private static Interaction clicked(JsonObject payload) {
    User user = user(payload);
    JsonArray actions = payload.getAsJsonArray("actions");
    JsonObject action = actions.get(0).getAsJsonObject();
    Optional<Command.Kind> kind = Buttons.kind(action.get("action_id").getAsString());
    if (kind.isEmpty()) {
      return new Other();
    }
    return new Clicked(
        user,
        payload.get("trigger_id").getAsString(),
        kind.get(),
        ReleaseId.parse(action.get("value").getAsString()));
  }

  private static Interaction submitted(JsonObject payload) {
    User user = user(payload);
    JsonObject view = payload.getAsJsonObject("view");
    if (!view.get("callback_id").getAsString().equals(Dialog.CALLBACK)) {
      return new Other();
    }
    String[] asked = view.get("private_metadata").getAsString().split(" ", -1);
    JsonElement reason =
        view.getAsJsonObject("state")
            .getAsJsonObject("values")
            .getAsJsonObject(Dialog.BLOCK)
            .getAsJsonObject(Dialog.INPUT)
            .get("value");
    return new Submitted(
        user,
        Command.Kind.valueOf(asked[0]),
        ReleaseId.parse(asked[1]),
        reason == null || reason.isJsonNull() ? "" : cut(reason.getAsString().strip()));
  }

  private static User user(JsonObject payload) {
    JsonObject user = payload.getAsJsonObject("user");
    String id = user.get("id").getAsString();
    if (!id.matches("[A-Z0-9]{1,30}")) {
      throw new IllegalArgumentException("no user id");
    }
    JsonElement name = user.has("username") ? user.get("username") : user.get("name");
    return new User(id, name == null || name.isJsonNull() ? "" : name.getAsString());
  }

  private static String cut(String text) {
    return text.length() > Dialog.MAX_REASON ? text.substring(0, Dialog.MAX_REASON) : text;
  }
}
