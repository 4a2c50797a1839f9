package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import dev.slipway.local.pubsub.Entry.Stand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's messages in memory and on disk, changed together by its terms. Not for several
 * threads: the backlog guards it, and says when to commit.
 */
final class StoredQueue {

  private final BacklogStore store;
  private final Time time;
  private final MessageQueue queue = new MessageQueue();
  private List<Entry> dead = new ArrayList<>();
  private Terms terms;
  private long lastLease;

  StoredQueue(Terms terms, BacklogStore store, long firstLease, Time time) {
    this.terms = terms;
    this.store = store;
    this.time = time;
    lastLease = firstLease;
    for (ReceivedMessage kept : store.unacknowledged()) {
      PubsubMessage message = kept.getMessage();
      queue.add(new Entry(message, terms.orderingKey(message), kept.getDeliveryAttempt()));
    }
  }

  Terms terms() {
    return terms;
  }

  void use(Terms changed) {
    terms = changed;
  }

  void add(PubsubMessage message) {
    add(message, List.of(Duration.ZERO));
  }

  /** Adds a message that is to come after the first delay, and again after each other one. */
  void add(PubsubMessage message, List<Duration> delays) {
    Entry entry = new Entry(message, terms.orderingKey(message), 0);
    delays.stream().skip(1).forEach(entry.repeats::add);
    store.save(entry);
    queue.add(entry);
    if (!delays.getFirst().isZero()) {
      queue.rest(entry, time.now().plus(delays.getFirst()));
    }
  }

  @Nullable Entry nextReady() {
    return queue.nextReady();
  }

  @Nullable Entry nextDue() {
    return queue.nextDue();
  }

  /** The message an ack id is of, unless it is settled. */
  @Nullable Entry find(AckId id) {
    return queue.get(id.messageId());
  }

  /** Whether the ack id is of the delivery that the message is out on now. */
  static boolean isCurrent(AckId id, Entry entry) {
    return entry.stand == Stand.LEASED && entry.lease == id.lease();
  }

  boolean holds(Entry entry) {
    return queue.get(entry.id()) == entry;
  }

  /** Hands a ready message to a receiver. */
  Delivery lease(Entry entry, Outlet outlet) {
    Instant due = time.now().plus(outlet.deadline(terms.ackDeadline()));
    queue.lease(entry, outlet, ++lastLease, due);
    String ackId = new AckId(entry.id(), entry.lease).toString();
    return new Delivery(ackId, entry.message(), entry.failures + 1, terms.hasDeadLetterPolicy());
  }

  void extend(Entry entry, Duration deadline) {
    queue.extend(entry, time.now().plus(deadline));
  }

  /** Takes a receiver's acknowledgement, unless the message is to come again all the same. */
  void settle(Entry entry) {
    @Nullable Duration repeat = terms.exactlyOnce() ? null : entry.repeats.poll();
    if (repeat == null) {
      acknowledge(entry);
    } else {
      queue.rest(entry, time.now().plus(repeat));
    }
  }

  private void acknowledge(Entry entry) {
    if (terms.keepsAcked()) {
      store.keep(entry);
    }
    drop(entry);
  }

  void drop(Entry entry) {
    queue.remove(entry);
    store.drop(entry);
  }

  /** Counts a failed delivery: the message is ready again, rests, or is given up. */
  void fail(Entry entry) {
    Outlet holder = entry.holder;
    entry.failures++;
    store.save(entry);
    if (terms.givesUpAfter(entry.failures)) {
      queue.bury(entry);
      dead.add(entry);
    } else {
      rest(entry, holder == null ? Backoff.NONE : holder.backoff());
    }
  }

  /** Lets a message rest by the retry policy, or else by {@code unlessAsked}. */
  void rest(Entry entry, Backoff unlessAsked) {
    Duration delay = terms.backoff(unlessAsked).after(entry.failures);
    if (delay.isZero()) {
      queue.release(entry);
    } else {
      queue.rest(entry, time.now().plus(delay));
    }
  }

  /** The messages given up since the last time. */
  List<Entry> takeDead() {
    List<Entry> taken = dead;
    dead = new ArrayList<>();
    return taken;
  }

  /** Forgets what is too old, and ends the leases and rests that are over. */
  void tidy() {
    Instant now = time.now();
    for (Entry old = queue.oldest();
        old != null && terms.forgets(old.message(), now);
        old = queue.oldest()) {
      drop(old);
    }
    for (Entry due = queue.nextDue(); due != null && !due.due.isAfter(now); due = queue.nextDue()) {
      if (due.stand == Stand.LEASED) {
        fail(due);
      } else {
        queue.release(due);
      }
    }
    store.purgeKept(terms, now);
    store.commit();
  }

  /** Acknowledges all published before {@code to}, and takes back what was kept from then on. */
  void seek(Instant to) {
    List<PubsubMessage> again = store.unkeep(to);
    for (Entry entry : queue.all()) {
      if (MessageRules.publishTime(entry.message()).isBefore(to)) {
        acknowledge(entry);
      }
    }
    again.forEach(this::add);
  }

  void clear() {
    store.clear();
  }

  void commit() {
    store.commit();
  }
}
