package dev.slipway.local.firestore;

import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import dev.slipway.local.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the documents of one database whose declared time-to-live field has passed: it sleeps
 * until the soonest of them is due. (Google takes up to a day.)
 */
final class Expiry implements Database.Watcher {

  private final Database database;
  private final Indexes indexes;
  private final Clock clock;
  private final Scheduler scheduler;
  private Scheduler.@Nullable Task task;
  private long due = Long.MAX_VALUE;

  Expiry(Database database, Indexes indexes, Clock clock, Scheduler scheduler) {
    this.database = database;
    this.indexes = indexes;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** Finds out what is due, and from now on goes by what is committed. */
  void start() {
    if (!indexes.expiring().isEmpty()) {
      database.watch(this);
      sweep();
    }
  }

  @Override
  public void changed(Collection<Change> changes) {
    for (Change change : changes) {
      if (change.after() != null) {
        expiry(new Found(change.name(), change.after())).ifPresent(this::wakeAt);
      }
    }
  }

  private synchronized void wakeAt(long micros) {
    if (micros >= due) {
      return;
    }
    stop();
    due = micros;
    long wait = Math.max(0, micros - Times.micros(clock));
    task = scheduler.schedule(Duration.of(wait, ChronoUnit.MICROS), this::sweep);
  }

  synchronized void stop() {
    if (task != null) {
      task.cancel();
    }
    due = Long.MAX_VALUE;
  }

  private void sweep() {
    stop();
    long now = Times.micros(clock);
    List<Write> deletions = new ArrayList<>();
    OptionalLong next = OptionalLong.empty();
    for (Found found : documents()) {
      OptionalLong expiry = expiry(found);
      if (expiry.isEmpty()) {
        continue;
      }
      if (expiry.getAsLong() <= now) {
        deletions.add(deletion(found));
      } else if (next.isEmpty() || expiry.getAsLong() < next.getAsLong()) {
        next = expiry;
      }
    }
    if (!deletions.isEmpty()) {
      database.batch(deletions);
    }
    next.ifPresent(this::wakeAt);
  }

  /** A document written to meanwhile is left alone: its write has looked at its expiry. */
  private static Write deletion(Found found) {
    Write.Builder write = Write.newBuilder().setDelete(found.name().toString());
    write.getCurrentDocumentBuilder().setUpdateTime(found.document().getUpdateTime());
    return write.build();
  }

  private List<Found> documents() {
    return database.read(
        Selector.LATEST,
        reading -> {
          List<Found> all = new ArrayList<>();
          indexes.expiring().forEach(id -> all.addAll(reading.all(new Selection("", id, true))));
          return all;
        });
  }

  private OptionalLong expiry(Found found) {
    Optional<FieldPath> field = indexes.ttl(found.name().collectionId());
    Value value = field.isEmpty() ? null : found.value(field.get());
    return value != null && value.hasTimestampValue()
        ? OptionalLong.of(Times.micros(value.getTimestampValue()))
        : OptionalLong.empty();
  }
}
