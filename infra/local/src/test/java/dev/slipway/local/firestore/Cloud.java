package dev.slipway.local.firestore;

import com.google.cloud.firestore.FirestoreOptions;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** A laptop Firestore of one test's own, in a folder, with Google's client on it. */
final class Cloud implements AutoCloseable {

  final com.google.cloud.firestore.Firestore db;
  final Firestore service;
  private final State state;
  private final CloudServer server;

  Cloud(Path folder, Clock clock, Scheduler scheduler, Indexes indexes, Set<String> databases) {
    state = State.open(folder);
    service = new Firestore(state, clock, scheduler, indexes, databases);
    server = CloudServer.start(Endpoints.free(), List.of(service));
    db = connect("(default)");
  }

  com.google.cloud.firestore.Firestore connect(String database) {
    return FirestoreOptions.newBuilder()
        .setProjectId("laptop")
        .setDatabaseId(database)
        .setEmulatorHost(server.endpoints().grpc())
        .build()
        .getService();
  }

  String endpoint() {
    return server.endpoints().grpc();
  }

  @Override
  public void close() {
    db.shutdownNow();
    server.close();
    state.close();
  }
}
