package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiFuture;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** At once: a client that is closed waits for listeners that were not removed. */
  @AfterEach
  void disconnect() {
    if (db != null) {
      db.shutdownNow();
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

  /** The code a call fails with. */
  static StatusCode.Code failure(ApiFuture<?> future) {
    try {
      future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ApiException refused) {
          return refused.getStatusCode().getCode();
        }
      }
      throw new AssertionError("failed without a status", e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("the call went well");
  }

  static void assertRefused(ApiFuture<?> future, StatusCode.Code code) {
    assertThat(failure(future)).isEqualTo(code);
  }
}
