package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A channel as people see it in Slack, as one HTML page. */
final class SlackPage {

  /** Nothing but what this server sends, and no page may frame this one. */
  static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  private final SlackWorkspace workspace;
  private final Messages messages;

  SlackPage(SlackWorkspace workspace, Messages messages) {
    this.workspace = workspace;
    this.messages = messages;
  }

  /** The page of a channel. */
  String html(String channel) {
    StringBuilder main = new StringBuilder();
    for (SlackMessage message : messages.history(channel).reversed()) {
      message(main, message, "message");
      List<SlackMessage> replies =
          messages.thread(channel, message.ts()).stream()
              .filter(reply -> !reply.ts().equals(message.ts()))
              .toList();
      if (!replies.isEmpty()) {
        main.append("<details open><summary>")
            .append(replies.size())
            .append(replies.size() == 1 ? " reply" : " replies")
            .append("</summary>");
        replies.forEach(reply -> message(main, reply, "reply"));
        main.append("</details>");
      }
    }
    if (main.isEmpty()) {
      main.append("<p class=empty>Nothing has been said here yet. Push a crate.</p>");
    }
    StringBuilder channels = new StringBuilder();
    workspace.channels().stream()
        .sorted()
        .forEach(
            name ->
                channels.append(
                    "<li><a href=\"?channel=%s\"%s># %s</a></li>"
                        .formatted(
                            escaped(name),
                            name.equals(channel) ? " aria-current=page" : "",
                            escaped(name))));
    return """
        <!doctype html>
        <html lang=en>
        <meta charset=utf-8>
        <meta name=viewport content="width=device-width">
        <title>#%1$s - Slack on the laptop</title>
        <link rel=stylesheet href=/slack/page.css>
        <nav><h1>Slipway</h1><ul>%2$s</ul><p>The laptop's Slack: what Slipway says, and its buttons.</p></nav>
        <main aria-label="Channel %1$s" data-channel="%1$s"><h2># %1$s</h2>%3$s</main>
        <dialog><form method=dialog></form></dialog>
        <script src=/slack/page.js></script>
        """
        .formatted(escaped(channel), channels, main);
  }

  private static void message(StringBuilder html, SlackMessage message, String kind) {
    html.append("<article class=%s data-ts=\"%s\">".formatted(kind, escaped(message.ts())))
        .append("<header><b>Slipway</b> <span class=app>APP</span> <time>")
        .append(escaped(message.versions().getFirst().at().toString().substring(11, 19)))
        .append("</time></header>");
    JsonArray blocks = JsonParser.parseString(message.now().blocks()).getAsJsonArray();
    if (blocks.isEmpty()) {
      html.append("<p>").append(Mrkdwn.html(message.now().text())).append("</p>");
    }
    blocks.forEach(block -> html.append(block(block.getAsJsonObject())));
    if (message.edits() > 0) {
      html.append("<small class=edited>(edited)</small>");
    }
    html.append("</article>");
  }

  private static String block(JsonObject block) {
    return switch (block.get("type").getAsString()) {
      case "header" -> "<h3>" + text(block.get("text")) + "</h3>";
      case "section" -> "<p>" + text(block.get("text")) + "</p>";
      case "context" -> "<p class=context>" + joined(block, " ") + "</p>";
      case "actions" -> "<p class=actions>" + joined(block, "") + "</p>";
      case "divider" -> "<hr>";
      default -> "";
    };
  }

  private static String joined(JsonObject block, String between) {
    StringBuilder html = new StringBuilder();
    for (JsonElement element : block.getAsJsonArray("elements")) {
      JsonObject json = element.getAsJsonObject();
      html.append(
          json.get("type").getAsString().equals("button")
              ? button(json)
              : "<span>" + text(json) + "</span>" + between);
    }
    return html.toString();
  }

  private static String button(JsonObject button) {
    return "<button type=button class=\"%s\" data-action=\"%s\">%s</button>"
        .formatted(
            button.has("style") ? escaped(button.get("style").getAsString()) : "",
            escaped(button.get("action_id").getAsString()),
            text(button.get("text")));
  }

  private static String text(JsonElement text) {
    JsonObject json = text == null ? new JsonObject() : text.getAsJsonObject();
    if (!json.has("text")) {
      return "";
    }
    String value = json.get("text").getAsString();
    return json.get("type").getAsString().equals("mrkdwn")
        ? Mrkdwn.html(value)
        : escaped(value);
  }

  private static String escaped(String text) {
    return Mrkdwn.text(text.replace("&", "&amp;"));
  }

  /** What belongs to the page: {@code page.css} or {@code page.js}. */
  static String resource(String name) {
    try (InputStream in = SlackPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + name, e);
    }
  }
}
