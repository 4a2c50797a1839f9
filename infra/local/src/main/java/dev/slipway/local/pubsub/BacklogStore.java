package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import dev.slipway.local.state.State;
import java.time.Instant;
import java.util.List;

/**
 * The messages one subscription holds, on disk: those not acknowledged (with the count of their
 * failed deliveries) and, where asked for, those that were.
 */
final class BacklogStore {

  private final State state;
  private final String prefix;
  private final Table<ReceivedMessage> waiting;
  private final Table<PubsubMessage> acked;

  BacklogStore(State state, String subscription) {
    this.state = state;
    // A blank sorts before, and is not among, the characters of a name.
    prefix = subscription + " ";
    waiting = new Table<>(state.map("pubsub.backlog"), ReceivedMessage.parser());
    acked = new Table<>(state.map("pubsub.acked"), PubsubMessage.parser());
  }

  /** The unacknowledged messages; their delivery attempt counts the failed ones only. */
  List<ReceivedMessage> unacknowledged() {
    return waiting.startingWith(prefix);
  }

  void save(Entry entry) {
    waiting.put(
        prefix + entry.id(),
        ReceivedMessage.newBuilder()
            .setMessage(entry.message())
            .setDeliveryAttempt(entry.failures)
            .build());
  }

  void drop(Entry entry) {
    waiting.remove(prefix + entry.id());
  }

  /** Also keeps the message as an acknowledged one. */
  void keep(Entry entry) {
    acked.put(prefix + entry.id(), entry.message());
  }

  /** Takes back the kept messages published at {@code from} or later. */
  List<PubsubMessage> unkeep(Instant from) {
    List<PubsubMessage> taken =
        acked.startingWith(prefix).stream()
            .filter(message -> !MessageRules.publishTime(message).isBefore(from))
            .toList();
    taken.forEach(message -> acked.remove(prefix + message.getMessageId()));
    return taken;
  }

  /** Forgets the kept messages that are past their retention. */
  void purgeKept(Terms terms, Instant now) {
    for (PubsubMessage oldest = acked.first(prefix);
        oldest != null && terms.forgets(oldest, now);
        oldest = acked.first(prefix)) {
      acked.remove(prefix + oldest.getMessageId());
    }
  }

  void clear() {
    waiting.removeStartingWith(prefix);
    acked.removeStartingWith(prefix);
  }

  void commit() {
    state.commit();
  }
}
