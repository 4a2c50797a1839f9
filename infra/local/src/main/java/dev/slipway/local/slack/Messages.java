package dev.slipway.local.slack;

import dev.slipway.local.state.State;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The messages of the workspace, on disk, oldest first. */
final class Messages {

  private final State state;
  private final Clock clock;

  /** By {@code ts}, which is unique in the whole workspace here. */
  private final MVMap<String, byte[]> messages;

  Messages(State state, Clock clock) {
    this.state = state;
    this.clock = clock;
    messages = state.map("slack.message");
  }

  /** A message to be posted, as its app wants it. */
  record Draft(
      String channel,
      @Nullable String threadTs,
      @Nullable String metadata,
      String text,
      String blocks) {}

  synchronized SlackMessage post(Draft draft) {
    Instant now = clock.instant();
    var version = new SlackMessage.Version(now, draft.text(), draft.blocks());
    return save(
        new SlackMessage(
            draft.channel(), nextTs(now), draft.threadTs(), draft.metadata(), List.of(version)));
  }

  /** Edits a message; what is absent stays as it was. */
  synchronized Optional<SlackMessage> update(
      String channel, String ts, Optional<String> text, Optional<String> blocks) {
    byte[] bytes = messages.get(ts);
    if (bytes == null) {
      return Optional.empty();
    }
    SlackMessage message = MessageJson.read(bytes);
    if (!message.channel().equals(channel)) {
      return Optional.empty();
    }
    SlackMessage.Version before = message.now();
    return Optional.of(
        save(
            message.edited(
                new SlackMessage.Version(
                    clock.instant(),
                    text.orElse(before.text()),
                    blocks.orElse(before.blocks())))));
  }

  List<SlackMessage> all() {
    List<SlackMessage> all = new ArrayList<>();
    messages.forEach((ts, bytes) -> all.add(MessageJson.read(bytes)));
    return all;
  }

  /** A message. */
  Optional<SlackMessage> find(String channel, String ts) {
    return Optional.ofNullable(messages.get(ts))
        .map(MessageJson::read)
        .filter(message -> message.channel().equals(channel));
  }

  /** A message and what answers to it, oldest first; empty when there is no such message. */
  List<SlackMessage> thread(String channel, String ts) {
    return all().stream()
        .filter(message -> message.channel().equals(channel))
        .filter(message -> message.ts().equals(ts) || ts.equals(message.threadTs()))
        .toList();
  }

  /** The messages of a channel that answer to no other, newest first. */
  List<SlackMessage> history(String channel) {
    return all().reversed().stream()
        .filter(message -> message.channel().equals(channel) && message.threadTs() == null)
        .toList();
  }

  private SlackMessage save(SlackMessage message) {
    messages.put(
        message.ts(), MessageJson.write(message).toString().getBytes(StandardCharsets.UTF_8));
    state.commit();
    return message;
  }

  /** The time in microseconds, later than that of any message there is. */
  private String nextTs(Instant now) {
    long micros = Math.multiplyExact(now.getEpochSecond(), 1_000_000L) + now.getNano() / 1_000;
    String last = messages.lastKey();
    if (last != null) {
      micros = Math.max(micros, Long.parseLong(last.replace(".", "")) + 1);
    }
    return "%010d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
  }
}
