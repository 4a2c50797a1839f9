package dev.slipway.notify;

import java.util.regex.Pattern;

/** Text from outside, made harmless for Slack: it can mention, link, command and mislead nobody. */
final class Markup {

  /** Cut to less than Slack takes, so that a fence or an ellipsis still fits. */
  static final int MAX_TEXT = 2900;

  private static final int LONGEST_ENTITY = "&amp;".length();

  /** Control characters but line ends and tabs; and those that reorder or hide text. */
  private static final Pattern MISLEADING =
      Pattern.compile(
          "[\\p{Cntrl}\\x80-\\x9f&&[^\\n\\t]]"
              + "|[\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]"
              + "|[\\x{e0000}-\\x{e007f}]");

  private Markup() {}

  /** For mrkdwn: Slack's three control characters as entities, backticks as apostrophes. */
  static String escape(String text) {
    return entities(text).replace('`', '\'');
  }

  /** For mrkdwn, between backticks. */
  static String code(String text) {
    String escaped = escape(text).replace('\n', ' ');
    return escaped.isBlank() ? "" : "`" + escaped + "`";
  }

  /** For mrkdwn, a block of code of at most {@value #MAX_TEXT} characters and its fence. */
  static String fence(String text) {
    return text.isEmpty()
        ? ""
        : "```" + limit(entities(text).replace("```", "'''"), MAX_TEXT) + "```";
  }

  /** For text that is not mrkdwn, where Slack shows entities as they are, and emoji all the same. */
  static String plain(String text) {
    return visible(text)
        .replace('\n', ' ')
        .replace('<', '‹')
        .replace('>', '›')
        .replace('&', '＆')
        .replace('`', '\'');
  }

  private static String entities(String text) {
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String visible(String text) {
    return MISLEADING.matcher(text).replaceAll("\ufffd");
  }

  /** Cuts escaped text where it is too long, but through no entity and no surrogate pair. */
  static String limit(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    int entity = text.lastIndexOf('&', end - 1);
    if (entity >= 0 && end - entity < LONGEST_ENTITY && text.indexOf(';', entity) >= end) {
      end = entity;
    }
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
