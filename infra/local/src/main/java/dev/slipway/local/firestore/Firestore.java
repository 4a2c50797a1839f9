package dev.slipway.local.firestore;

import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.grpc.BindableService;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Google Cloud Firestore in native mode ({@code google.firestore.v1.Firestore}), with any number of
 * named databases.
 *
 * <p>Documents, queries, aggregations, transactions, listeners, declared indexes and time-to-live
 * work as Google's do. Transactions are optimistic: nothing waits for a lock, and a commit is
 * ABORTED when anything its transaction read has changed since. All documents are held in memory.
 */
public final class Firestore implements CloudService {

  private final Databases databases;

  /** Databases are made on first use and need no declared index. */
  public Firestore(State state, Clock clock, Scheduler scheduler) {
    this(state, clock, scheduler, Indexes.permissive(), Set.of());
  }

  /**
   * Serves databases that all have the same indexes.
   *
   * @param indexes what is declared; a query that needs more is refused FAILED_PRECONDITION
   * @param databases the ids of the databases there are, empty for any
   */
  public Firestore(
      State state, Clock clock, Scheduler scheduler, Indexes indexes, Set<String> databases) {
    this.databases = new Databases(state, clock, scheduler, indexes, databases);
  }

  /**
   * How many Commit, BatchWrite and single-document writes a database has taken since the start.
   *
   * @param database its full name, {@code projects/P/databases/D}
   */
  public AtomicLong commits(String database) {
    return databases.database(database).commits();
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(new Api(databases));
  }

  @Override
  public void start() {
    databases.start();
  }

  @Override
  public void close() {
    databases.close();
  }
}
