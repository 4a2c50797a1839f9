package dev.slipway.local.storage;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A laptop cloud of Cloud Storage alone, Google's client pointed at it, and a bare HTTP client. */
final class LocalStorage implements AutoCloseable {

  static final String BUCKET = "crates";

  private final Endpoints endpoints = Endpoints.free();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final State state;
  private final RealScheduler scheduler = new RealScheduler();
  private final Storage service;
  private final CloudServer server;
  private final com.google.cloud.storage.Storage client;

  private LocalStorage(Path folder, Clock clock, ObjectListener listener) {
    state = State.open(folder);
    service = new Storage(state, clock, scheduler, endpoints.http(), listener);
    server = CloudServer.start(endpoints, List.of(service));
    client =
        StorageOptions.http()
            .setHost(endpoints.http())
            .setCredentials(NoCredentials.getInstance())
            .setProjectId("laptop")
            .build()
            .getService();
  }

  static LocalStorage in(Path folder) {
    return in(folder, change -> {});
  }

  static LocalStorage in(Path folder, ObjectListener listener) {
    return in(folder, Clock.systemUTC(), listener);
  }

  static LocalStorage in(Path folder, Clock clock, ObjectListener listener) {
    return new LocalStorage(folder, clock, listener);
  }

  /** This storage, with {@link #BUCKET} in it. */
  LocalStorage withBucket() {
    client.create(BucketInfo.of(BUCKET));
    return this;
  }

  com.google.cloud.storage.Storage client() {
    return client;
  }

  Storage service() {
    return service;
  }

  /** A request to {@code path} of the HTTP port. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoints.http() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    scheduler.close();
    state.close();
    http.close();
  }
}
