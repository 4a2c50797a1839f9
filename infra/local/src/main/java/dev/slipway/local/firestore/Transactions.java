package dev.slipway.local.firestore;

import com.google.firestore.v1.TransactionOptions;
import com.google.protobuf.ByteString;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one database that are under way.
 *
 * <p>They are optimistic: nothing is locked, and the first to commit wins. So that the unlucky one
 * wins in the end, a retry of an aborted transaction goes before every younger transaction that
 * writes what it reads, for as long as it takes to commit but no longer than ten seconds.
 */
final class Transactions {

  /** How long a transaction may take, as Google has it: 270 seconds. */
  private static final long LIFE_MICROS = 270_000_000;

  private static final long PRIORITY_MICROS = 10_000_000;
  private static final int REMEMBERED = 1000;

  private final Clock clock;
  private final Map<ByteString, Transaction> open = new LinkedHashMap<>();
  private final Map<ByteString, Transaction.Lineage> aborted = new LinkedHashMap<>();
  private long begun;

  Transactions(Clock clock) {
    this.clock = clock;
  }

  synchronized Transaction begin(TransactionOptions options) {
    long now = Times.micros(clock);
    open.values().removeIf(old -> isOver(old, now));
    boolean readOnly = options.hasReadOnly();
    long readMicros =
        options.getReadOnly().hasReadTime()
            ? Times.micros(options.getReadOnly().getReadTime())
            : Long.MIN_VALUE;
    var transaction =
        new Transaction(
            newId(),
            readOnly,
            now,
            readMicros,
            lineage(options.getReadWrite().getRetryTransaction()));
    open.put(transaction.id(), transaction);
    return transaction;
  }

  private Transaction.Lineage lineage(ByteString retried) {
    Transaction.Lineage lineage = aborted.remove(retried);
    return lineage != null ? lineage : new Transaction.Lineage(begun++, List.of());
  }

  /** Differs from every id of an earlier run, too. */
  private static ByteString newId() {
    UUID random = UUID.randomUUID();
    return ByteString.copyFrom(
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .flip());
  }

  /**
   * The transaction of that id.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT in the words clients know and retry on
   */
  synchronized Transaction get(ByteString id) {
    Transaction transaction = open.get(id);
    if (transaction == null || isOver(transaction, Times.micros(clock))) {
      throw Calls.invalid("The referenced transaction has expired or is no longer valid.");
    }
    return transaction;
  }

  private static boolean isOver(Transaction transaction, long now) {
    return now - transaction.begun() > LIFE_MICROS;
  }

  /** Ends a transaction, known or not. */
  synchronized void end(ByteString id) {
    open.remove(id);
  }

  /** Ends a transaction that cannot commit; its retry will go first. */
  synchronized void abort(Transaction transaction) {
    open.remove(transaction.id());
    aborted.put(
        transaction.id(),
        new Transaction.Lineage(transaction.lineage().age(), transaction.reads()));
    if (aborted.size() > REMEMBERED) {
      aborted.remove(aborted.keySet().iterator().next());
    }
  }

  /** Whether an older transaction that lost before is about to need one of {@code names}. */
  synchronized boolean mustYield(
      @Nullable Transaction younger, Collection<DocumentName> names) {
    long now = Times.micros(clock);
    return younger != null
        && open.values().stream()
            .filter(other -> other.lineage().isRetry())
            .filter(other -> other.lineage().age() < younger.lineage().age())
            .filter(other -> now - other.begun() <= PRIORITY_MICROS)
            .anyMatch(other -> names.stream().anyMatch(other::claims));
  }

  static RuntimeException contention() {
    return Status.ABORTED
        .withDescription("Too much contention on these documents. Please try again.")
        .asRuntimeException();
  }
}
