package dev.slipway.local.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A page of conversations.history.
 *
 * @param messages newest first
 * @param hasMore whether there are older ones
 * @param withMetadata whether what apps attached is shown
 */
record HistoryPage(List<SlackMessage> messages, boolean hasMore, boolean withMetadata) {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 999;
  private static final Set<String> YES = Set.of("1", "true");

  HistoryPage {
    messages = List.copyOf(messages);
  }

  /** The page a call asks for, of a channel's messages, newest first. */
  static HistoryPage of(List<SlackMessage> channel, SlackRequest request) {
    Stream<SlackMessage> wanted = channel.stream();
    for (String bound : List.of("cursor", "latest")) {
      String before = request.argument(bound).orElse("");
      wanted = wanted.filter(m -> before.isEmpty() || m.ts().compareTo(before) < 0);
    }
    String after = request.argument("oldest").orElse("");
    List<SlackMessage> found = wanted.filter(m -> m.ts().compareTo(after) > 0).toList();
    int limit = limit(request);
    return new HistoryPage(
        found.subList(0, Math.min(limit, found.size())),
        found.size() > limit,
        request.argument("include_all_metadata").filter(YES::contains).isPresent());
  }

  /** All of a thread, oldest first, as far as a page goes. */
  static HistoryPage ofThread(List<SlackMessage> thread, SlackRequest request) {
    int limit = limit(request);
    return new HistoryPage(
        thread.subList(0, Math.min(limit, thread.size())),
        thread.size() > limit,
        request.argument("include_all_metadata").filter(YES::contains).isPresent());
  }

  private static int limit(SlackRequest request) {
    try {
      int limit = request.argument("limit").map(Integer::valueOf).orElse(DEFAULT_LIMIT);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new SlackError("invalid_limit");
  }

  void writeTo(JsonObject answer) {
    JsonArray array = new JsonArray();
    for (SlackMessage message : messages) {
      JsonObject json = MessageJson.asSlack(message);
      if (withMetadata && message.metadata() != null) {
        json.add("metadata", JsonParser.parseString(message.metadata()));
      }
      array.add(json);
    }
    answer.add("messages", array);
    answer.addProperty("has_more", hasMore);
    answer.addProperty("pin_count", 0);
    JsonObject next = new JsonObject();
    next.addProperty("next_cursor", hasMore ? messages.getLast().ts() : "");
    answer.add("response_metadata", next);
  }
}
