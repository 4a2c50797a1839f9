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
import java.util.stream.StreamSupport;

/** The logs of an environment: the laptop's, or a project's as the caller's own account sees them. */
final class Logged {

  /** As many as Cloud Logging gives in one answer. */
  private static final int PAGE = 1000;

  private Logged() {}

  /**
   * The newest entries, the newest first.
   *
   * @param filter in Cloud Logging's language
   * @throws Failure when they cannot be read
   */
  static List<LogEntry> newest(Environment environment, Path state, String filter, int limit) {
    if (environment.isLaptop()) {
      try (Laptop laptop = Laptop.running(state)) {
        return entries(laptop.logging(), environment, filter, limit);
      } catch (IOException e) {
        throw unreadable(environment, e);
      }
    }
    try {
      return entries(LoggingClient.create(), environment, filter, limit);
    } catch (IOException | ApiException e) {
      throw unreadable(environment, e);
    }
  }

  private static List<LogEntry> entries(
      LoggingClient client, Environment environment, String filter, int limit) {
    ListLogEntriesRequest request =
        ListLogEntriesRequest.newBuilder()
            .addResourceNames("projects/" + environment.project())
            .setFilter(filter)
            .setOrderBy("timestamp desc")
            .setPageSize(Math.min(limit, PAGE))
            .build();
    try (client) {
      var all = client.listLogEntries(request).iterateAll().spliterator();
      return StreamSupport.stream(all, false).limit(limit).toList();
    }
  }

  private static Failure unreadable(Environment environment, Exception e) {
    return new Failure(
        ("Tried to read the logs of project %s but failed: %s%n"
                + "Sign in with 'gcloud auth application-default login'; it takes the role"
                + " roles/logging.viewer.")
            .formatted(environment.project(), e.getMessage()),
        e);
  }
}
