package dev.slipway.local.firestore;

import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.Write;
import com.google.firestore.v1.WriteResult;
import com.google.protobuf.ByteString;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One database: its documents, its transactions, and who watches it. Thread-safe. */
final class Database {

  /** Told of every commit after it is durable and before it is answered. */
  interface Watcher {
    void changed(Collection<Change> changes);
  }

  private final DatabaseName name;
  private final Journal journal;
  private final CommitClock times;
  private final Transactions transactions;
  private final History history = new History();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final AtomicLong commits = new AtomicLong();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  Database(DatabaseName name, State state, Clock clock) {
    this.name = name;
    journal = new Journal(name, state);
    journal.load(this::load);
    history.forgetBefore(journal.lastCommit());
    times = new CommitClock(clock, journal.lastCommit());
    transactions = new Transactions(clock);
  }

  private void load(Document document) {
    history.put(
        DocumentName.of(name, document.getName()),
        document,
        Times.micros(document.getUpdateTime()));
  }

  DatabaseName name() {
    return name;
  }

  AtomicLong commits() {
    return commits;
  }

  void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  Transaction begin(TransactionOptions options) {
    return transactions.begin(options);
  }

  void rollback(ByteString transaction) {
    transactions.end(transaction);
  }

  /** Reads at the moment {@code selector} says; no commit comes in between. */
  <T> T read(Selector selector, Function<Reading, T> reader) {
    Transaction transaction =
        switch (selector) {
          case Selector.Within within -> transactions.get(within.transaction());
          case Selector.Begin begin -> transactions.begin(begin.options());
          case Selector.Latest latest -> null;
          case Selector.At at -> null;
        };
    lock.readLock().lock();
    try {
      long micros =
          transaction != null ? transaction.readMicros(times::read) : micros(selector);
      return reader.apply(
          new Reading(history.at(micros), transaction, selector instanceof Selector.Begin));
    } finally {
      lock.readLock().unlock();
    }
  }

  private long micros(Selector selector) {
    long now = times.read();
    if (!(selector instanceof Selector.At at)) {
      return now;
    }
    long asked = Times.micros(at.time());
    if (asked > now) {
      throw Calls.invalid("read_time cannot be in the future.");
    }
    return asked;
  }

  /**
   * Applies all of {@code writes} or none.
   *
   * @param id the transaction to commit, or empty for none
   * @throws StatusRuntimeException ABORTED when something the transaction read has changed since
   */
  CommitResponse commit(List<Write> writes, ByteString id) {
    Transaction transaction = id.isEmpty() ? null : transactions.get(id);
    CommitResponse.Builder answer = CommitResponse.newBuilder();
    Collection<Change> changes;
    lock.writeLock().lock();
    try {
      end(transaction, writes);
      Staging staging = stage();
      writes.forEach(write -> answer.addWriteResults(staging.apply(write)));
      answer.setCommitTime(Times.timestamp(staging.micros()));
      changes = staging.changes();
      keep(staging);
    } finally {
      lock.writeLock().unlock();
    }
    commits.incrementAndGet();
    tell(changes);
    return answer.build();
  }

  private void end(@Nullable Transaction transaction, List<Write> writes) {
    Set<DocumentName> names = new HashSet<>();
    writes.forEach(write -> names.add(Staging.target(name, write)));
    if (transaction == null) {
      return;
    }
    if (transaction.readOnly() && !writes.isEmpty()) {
      throw Calls.invalid("Cannot modify entities in a read-only transaction.");
    }
    boolean stands =
        transaction.holds(history.at(Long.MAX_VALUE)) && !transactions.mustYield(transaction, names);
    if (!stands) {
      transactions.abort(transaction);
      throw Transactions.contention();
    }
    transactions.end(transaction.id());
  }

  /** Applies each of {@code writes} on its own; one that fails does not keep others from it. */
  BatchWriteResponse batch(List<Write> writes) {
    requireDistinct(writes);
    BatchWriteResponse.Builder answer = BatchWriteResponse.newBuilder();
    Collection<Change> changes;
    lock.writeLock().lock();
    try {
      Staging staging = stage();
      writes.forEach(write -> applyAlone(staging, write, answer));
      changes = staging.changes();
      keep(staging);
    } finally {
      lock.writeLock().unlock();
    }
    commits.incrementAndGet();
    tell(changes);
    return answer.build();
  }

  private void requireDistinct(List<Write> writes) {
    Set<DocumentName> names = new HashSet<>();
    for (Write write : writes) {
      if (!names.add(Staging.target(name, write))) {
        throw Calls.invalid(
            "Cannot write to %s twice in one batch.".formatted(Staging.target(name, write)));
      }
    }
  }

  private static void applyAlone(
      Staging staging, Write write, BatchWriteResponse.Builder answer) {
    try {
      WriteResult result = staging.apply(write);
      answer.addWriteResults(result).addStatus(com.google.rpc.Status.getDefaultInstance());
    } catch (StatusRuntimeException e) {
      answer
          .addWriteResults(WriteResult.getDefaultInstance())
          .addStatus(StatusProto.fromThrowable(e));
    }
  }

  private Staging stage() {
    return new Staging(name, history.at(Long.MAX_VALUE), times.commit());
  }

  private void keep(Staging staging) {
    if (staging.changes().isEmpty()) {
      return;
    }
    journal.write(staging.changes(), staging.micros());
    staging
        .changes()
        .forEach(change -> history.put(change.name(), change.after(), staging.micros()));
  }

  private void tell(Collection<Change> changes) {
    if (!changes.isEmpty()) {
      watchers.forEach(watcher -> watcher.changed(changes));
    }
  }
}
