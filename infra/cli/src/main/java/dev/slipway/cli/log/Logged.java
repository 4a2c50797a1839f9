package dev.slipway.cli.log;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.LogEntry;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Laptop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The logs of an environment: the laptop's, or a project's as the caller's own account sees them. */
final class Logged implements AutoCloseable {

  /** As many as Cloud Logging gives in one answer. */
  private static final int PAGE = 1000;

  private final String project;
  private final LoggingClient client;
  private final Optional<Laptop> laptop;

  private Logged(String project, LoggingClient client, Optional<Laptop> laptop) {
    this.project = project;
    this.client = client;
    this.laptop = laptop;
  }

  /**
   * Reaches them.
   *
   * @param state the laptop cloud's folder
   * @throws Failure when they cannot be reached
   */
  static Logged of(Environment environment, Path state) {
    String project = environment.project();
    try {
      if (environment.isLaptop()) {
        Laptop laptop = Laptop.running(state);
        return new Logged(project, laptop.logging(), Optional.of(laptop));
      }
      return new Logged(project, LoggingClient.create(), Optional.empty());
    } catch (IOException e) {
      throw unreadable(project, e);
    }
  }

  /**
   * The newest entries, the newest first.
   *
   * @param filter in Cloud Logging's language
   * @throws Failure when they cannot be read
   */
  List<LogEntry> newest(String filter, int limit) {
    ListLogEntriesRequest request =
        ListLogEntriesRequest.newBuilder()
            .addResourceNames("projects/" + project)
            .setFilter(filter)
            .setOrderBy("timestamp desc")
            .setPageSize(Math.min(limit, PAGE))
            .build();
    try {
      var all = client.listLogEntries(request).iterateAll().spliterator();
      return StreamSupport.stream(all, false).limit(limit).toList();
    } catch (ApiException e) {
      throw unreadable(project, e);
    }
  }

  private static Failure unreadable(String project, Exception e) {
    return new Failure(
        ("Tried to read the logs of project %s but failed: %s%n"
                + "Sign in with 'gcloud auth application-default login'; it takes the role"
                + " roles/logging.viewer.")
            .formatted(project, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    client.close();
    laptop.ifPresent(Laptop::close);
  }
}
