package dev.slipway.local.slack;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows Slack's mrkdwn as HTML, as far as it is used here: bold, code, links, dates, emoji. Whatever
 * else the text holds stays text.
 */
final class Mrkdwn {

  /** Characters that any machine has a font for. */
  private static final Map<String, String> EMOJI =
      Map.ofEntries(
          Map.entry("white_check_mark", "✔"),
          Map.entry("heavy_check_mark", "✔"),
          Map.entry("no_entry", "⊘"),
          Map.entry("x", "✖"),
          Map.entry("rewind", "⟲"),
          Map.entry("heavy_minus_sign", "−"),
          Map.entry("warning", "⚠"),
          Map.entry("double_vertical_bar", "‖"),
          Map.entry("hourglass_flowing_sand", "◔"),
          Map.entry("raised_hand", "☝"),
          Map.entry("eyes", "◉"),
          Map.entry("bust_in_silhouette", "☻"));

  private static final Pattern TOKEN =
      Pattern.compile(
          "```(?<fence>.*?)```"
              + "|`(?<code>[^`\\n]+)`"
              + "|<!date\\^[0-9]+\\^[^|>]*\\|(?<date>[^>]*)>"
              + "|<(?<url>https?://[^|>]+)\\|(?<label>[^>]*)>"
              + "|<(?<bare>https?://[^|>]+)>"
              + "|<(?<mention>[!@#][^>]*)>"
              + "|(?<![\\w*])\\*(?<bold>[^*\\n]+)\\*(?![\\w*])"
              + "|:(?<emoji>[a-z0-9_+-]+):",
          Pattern.DOTALL);

  private Mrkdwn() {}

  static String html(String mrkdwn) {
    StringBuilder html = new StringBuilder();
    Matcher token = TOKEN.matcher(mrkdwn);
    int at = 0;
    while (token.find()) {
      html.append(text(mrkdwn.substring(at, token.start()))).append(html(token));
      at = token.end();
    }
    return html.append(text(mrkdwn.substring(at))).toString();
  }

  private static String html(Matcher token) {
    if (token.group("fence") != null) {
      return "<pre>" + text(token.group("fence")) + "</pre>";
    } else if (token.group("code") != null) {
      return "<code>" + text(token.group("code")) + "</code>";
    } else if (token.group("date") != null) {
      return "<time>" + text(token.group("date")) + "</time>";
    } else if (token.group("url") != null) {
      return link(token.group("url"), token.group("label"));
    } else if (token.group("bare") != null) {
      return link(token.group("bare"), token.group("bare"));
    } else if (token.group("mention") != null) {
      return "<mark>" + text(token.group("mention")) + "</mark>";
    } else if (token.group("bold") != null) {
      return "<b>" + html(token.group("bold")) + "</b>";
    }
    return EMOJI.getOrDefault(token.group("emoji"), text(token.group()));
  }

  private static String link(String url, String label) {
    return "<a rel=\"noreferrer noopener\" target=\"_blank\" href=\"%s\">%s</a>"
        .formatted(text(url), text(label));
  }

  /** Slack's three entities are HTML's too; whatever else HTML could take for its own is escaped. */
  static String text(String slack) {
    return slack
        .replaceAll("&(?!(amp|lt|gt);)", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
