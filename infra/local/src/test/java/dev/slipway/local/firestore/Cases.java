package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiFuture;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.FirestoreOptions;
import io.grpc.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every case has: Google's client on a project of its own. */
abstract class Cases {

  /** Google's default waits seconds before it retries a transaction. */
  private static final RetrySettings QUICK =
      RetrySettings.newBuilder()
          .setInitialRetryDelayDuration(Duration.ofMillis(2))
          .setRetryDelayMultiplier(1.3)
          .setMaxRetryDelayDuration(Duration.ofMillis(50))
          .setInitialRpcTimeoutDuration(Duration.ofSeconds(30))
          .setMaxRpcTimeoutDuration(Duration.ofSeconds(30))
          .setTotalTimeoutDuration(Duration.ofSeconds(60))
          .build();

  private final Peer peer;
  private final String project = "p-" + UUID.randomUUID();
  Firestore db;

  Cases(Peer peer) {
    this.peer = peer;
  }

  @BeforeEach
  void connect() {
    db = connect("(default)");
  }

  @AfterEach
  void disconnect() throws Exception {
    if (db != null) {
      db.close();
    }
  }

  /** A client of another database of the same project. */
  Firestore connect(String database) {
    return client(peer.endpoint(), project, database);
  }

  static Firestore client(String endpoint, String project, String database) {
    return FirestoreOptions.newBuilder()
        .setProjectId(project)
        .setDatabaseId(database)
        .setEmulatorHost(endpoint)
        .setRetrySettings(QUICK)
        .build()
        .getService();
  }

  String endpoint() {
    return peer.endpoint();
  }

  /** The root of the default database's documents. */
  String root() {
    return "projects/" + project + "/databases/(default)/documents";
  }

  CollectionReference col() {
    return db.collection("col");
  }

  static <T> T await(ApiFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  /** The status a call fails with. */
  static Status failure(ApiFuture<?> future) {
    try {
      future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof FirestoreException refused && refused.getStatus() != null) {
          return refused.getStatus().withDescription(refused.getMessage());
        }
      }
      throw new AssertionError("failed without a status", e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("the call went well");
  }

  static void assertRefused(ApiFuture<?> future, Status.Code code) {
    assertThat(failure(future).getCode()).isEqualTo(code);
  }
}
