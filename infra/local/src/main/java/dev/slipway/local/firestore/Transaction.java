package dev.slipway.local.firestore;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A transaction under way: when it reads, what it has read, and whom it goes before. */
final class Transaction {

  private final ByteString id;
  private final boolean readOnly;
  private final long begun;
  private final Lineage lineage;
  private final List<Read> reads = new ArrayList<>();
  private long readMicros;

  /**
   * Begins a transaction.
   *
   * @param begun the clock's time, in microseconds
   * @param readMicros the moment to read at; {@link Long#MIN_VALUE} for that of the first read
   */
  Transaction(ByteString id, boolean readOnly, long begun, long readMicros, Lineage lineage) {
    this.id = id;
    this.readOnly = readOnly;
    this.begun = begun;
    this.readMicros = readMicros;
    this.lineage = lineage;
  }

  /**
   * A transaction through its attempts.
   *
   * @param age the number of its first attempt: the lower, the older
   * @param lost what the attempt that was aborted had read; empty on a first attempt
   */
  record Lineage(long age, List<Read> lost) {

    boolean isRetry() {
      return !lost.isEmpty();
    }
  }

  ByteString id() {
    return id;
  }

  boolean readOnly() {
    return readOnly;
  }

  long begun() {
    return begun;
  }

  Lineage lineage() {
    return lineage;
  }

  /** The moment it reads at, fixed by its first read. */
  synchronized long readMicros(LongSupplier now) {
    if (readMicros == Long.MIN_VALUE) {
      readMicros = now.getAsLong();
    }
    return readMicros;
  }

  /** Remembers a read, for the commit to check. */
  synchronized void record(Read read) {
    if (!readOnly) {
      reads.add(read);
    }
  }

  synchronized List<Read> reads() {
    return List.copyOf(reads);
  }

  /** Whether nothing it has read is any different in {@code now}. */
  boolean holds(Snapshot now) {
    return reads().stream().allMatch(read -> read.holds(now));
  }

  /** Whether it has a claim on {@code name}: it read it, in this attempt or in the one it lost. */
  boolean claims(DocumentName name) {
    return lineage.lost().stream().anyMatch(read -> read.touches(name))
        || reads().stream().anyMatch(read -> read.touches(name));
  }
}
