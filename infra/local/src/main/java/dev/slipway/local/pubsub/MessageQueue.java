package dev.slipway.local.pubsub;

import dev.slipway.local.pubsub.Entry.Stand;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The unacknowledged messages of one subscription in the order of publication, and which of them
 * are ready, which fall due when, and which wait for an earlier one of their ordering key. Knows
 * neither time nor locks: its owner does.
 */
final class MessageQueue {

  private static final Comparator<Entry> BY_ID = Comparator.comparing(Entry::id);

  private final NavigableMap<String, Entry> entries = new TreeMap<>();
  private final NavigableSet<Entry> ready = new TreeSet<>(BY_ID);
  private final NavigableSet<Entry> timed =
      new TreeSet<>(Comparator.comparing((Entry entry) -> entry.due).thenComparing(BY_ID));
  private final Map<String, NavigableSet<Entry>> keys = new HashMap<>();

  void add(Entry entry) {
    entries.put(entry.id(), entry);
    if (entry.isOrdered()) {
      NavigableSet<Entry> key =
          keys.computeIfAbsent(entry.orderingKey(), any -> new TreeSet<>(BY_ID));
      key.add(entry);
      Entry second = key.higher(entry);
      if (second != null && second.stand == Stand.READY) {
        stand(second, Stand.BLOCKED);
      }
    }
    release(entry);
  }

  @Nullable Entry get(String id) {
    return entries.get(id);
  }

  /** Every message; a copy. */
  Collection<Entry> all() {
    return List.copyOf(entries.values());
  }

  @Nullable Entry oldest() {
    return entries.isEmpty() ? null : entries.firstEntry().getValue();
  }

  /** The next message to deliver. */
  @Nullable Entry nextReady() {
    return ready.isEmpty() ? null : ready.first();
  }

  /** The message whose lease or rest ends first. */
  @Nullable Entry nextDue() {
    return timed.isEmpty() ? null : timed.first();
  }

  void lease(Entry entry, Outlet holder, long lease, Instant due) {
    unhold(entry);
    stand(entry, Stand.LEASED);
    entry.lease = lease;
    entry.holder = holder;
    holder.handed(entry);
    due(entry, due);
  }

  void extend(Entry entry, Instant due) {
    timed.remove(entry);
    due(entry, due);
  }

  /** Takes the message from its receiver for good or bad. */
  void rest(Entry entry, Instant due) {
    unhold(entry);
    stand(entry, Stand.RESTING);
    due(entry, due);
  }

  void bury(Entry entry) {
    unhold(entry);
    stand(entry, Stand.DEAD);
  }

  /** Makes the message ready, or lets it wait for the first of its ordering key. */
  void release(Entry entry) {
    unhold(entry);
    stand(entry, isFirst(entry) ? Stand.READY : Stand.BLOCKED);
  }

  void remove(Entry entry) {
    unhold(entry);
    stand(entry, Stand.BLOCKED);
    entries.remove(entry.id());
    if (entry.isOrdered()) {
      unblockNext(entry);
    }
  }

  private void unblockNext(Entry removed) {
    NavigableSet<Entry> key = keys.get(removed.orderingKey());
    if (key == null) {
      return;
    }
    key.remove(removed);
    if (key.isEmpty()) {
      keys.remove(removed.orderingKey());
    } else if (key.first().stand == Stand.BLOCKED) {
      stand(key.first(), Stand.READY);
    }
  }

  private boolean isFirst(Entry entry) {
    NavigableSet<Entry> key = entry.isOrdered() ? keys.get(entry.orderingKey()) : null;
    return key == null || key.first() == entry;
  }

  private void stand(Entry entry, Stand stand) {
    ready.remove(entry);
    timed.remove(entry);
    entry.stand = stand;
    if (stand == Stand.READY) {
      ready.add(entry);
    }
  }

  private void due(Entry entry, Instant due) {
    entry.due = due;
    timed.add(entry);
  }

  private static void unhold(Entry entry) {
    Outlet holder = entry.holder;
    if (holder != null) {
      holder.released(entry);
      entry.holder = null;
    }
  }
}
