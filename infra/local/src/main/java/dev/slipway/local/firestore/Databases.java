package dev.slipway.local.firestore;

import com.google.firestore.v1.StructuredQuery;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.grpc.Status;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The databases there are; one that is unknown is made on first use, unless a list is given. */
final class Databases implements Listener.Home, AutoCloseable {

  private final State state;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Indexes indexes;
  private final IndexRules rules;
  private final Set<String> allowed;
  private final Map<DatabaseName, Database> open = new ConcurrentHashMap<>();
  private final Map<DatabaseName, Expiry> expiries = new ConcurrentHashMap<>();

  /**
   * Opens no database yet.
   *
   * @param allowed the ids of the databases there are, empty for any
   */
  Databases(State state, Clock clock, Scheduler scheduler, Indexes indexes, Set<String> allowed) {
    this.state = state;
    this.clock = clock;
    this.scheduler = scheduler;
    this.indexes = indexes;
    this.allowed = Set.copyOf(allowed);
    rules = new IndexRules(indexes);
  }

  /** Takes up the databases that were there, so that what expires in them does. */
  void start() {
    Journal.databases(state, this::open);
  }

  /**
   * The database of that name, or of anything in it.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, NOT_FOUND
   */
  @Override
  public Database database(String name) {
    DatabaseName read = DatabaseName.of(name);
    if (!allowed.isEmpty() && !allowed.contains(read.database())) {
      throw Status.NOT_FOUND
          .withDescription(
              "The database %s does not exist for project %s."
                  .formatted(read.database(), read.project()))
          .asRuntimeException();
    }
    return open(read);
  }

  private Database open(DatabaseName name) {
    return open.computeIfAbsent(
        name,
        absent -> {
          Database database = new Database(name, state, clock);
          Expiry expiry = new Expiry(database, indexes, clock, scheduler);
          expiries.put(name, expiry);
          expiry.start();
          return database;
        });
  }

  @Override
  public Query query(String parent, StructuredQuery proto) {
    return query(parent, proto, List.of());
  }

  /** The same for a query some of whose fields are aggregated. */
  Query query(String parent, StructuredQuery proto, List<FieldPath> aggregated) {
    Query query = Query.of(parent, proto);
    rules.require(query, aggregated);
    return query;
  }

  @Override
  public void close() {
    expiries.values().forEach(Expiry::stop);
  }
}
