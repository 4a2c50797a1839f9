package dev.slipway.local.builds;

import com.google.logging.v2.LogEntry;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.grpc.BindableService;
import io.undertow.server.HttpHandler;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Cloud Build: takes builds in by {@code google.devtools.cloudbuild.v1}, carries them out with an
 * {@link Engine}, tells each change, and serves their logs at {@code /builds/ID/log}. Logs are kept
 * in {@code FOLDER/builds/ID/log.txt}.
 */
public final class CloudBuilds implements CloudService {

  private final BuildQueue queue;
  private final BuildApi grpc;
  private final LogPage page;
  private final BuildEntries entries;

  /** What the service shares with the rest of the laptop cloud. */
  public record Platform(
      State state, Clock clock, Scheduler scheduler, Operations operations, Endpoints endpoints) {}

  /**
   * @param limit how many builds run at a time
   */
  public CloudBuilds(
      Platform platform, Engine engine, BuildMessages messages, Objects objects, int limit) {
    Builds builds = new Builds(platform.state(), platform.operations(), messages);
    entries = new BuildEntries(platform.clock());
    BuildLogs logs = new BuildLogs(platform.state().folder("builds"), objects, entries);
    queue = new BuildQueue(builds, logs, engine, platform.clock(), platform.scheduler(), limit);
    Admission admission = new Admission(platform.clock(), platform.endpoints().http());
    grpc = new BuildApi(builds, queue, admission);
    page = new LogPage(logs);
    platform
        .operations()
        .onCancel(
            BuildName.OPERATIONS,
            name -> BuildName.idOfOperation(name).flatMap(builds::find).ifPresent(queue::cancel));
  }

  /** What builds printed, as entries of Cloud Logging. */
  public List<LogEntry> logEntries() {
    return entries.entries();
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(grpc);
  }

  @Override
  public Map<String, HttpHandler> http() {
    return Map.of("/builds", page);
  }

  @Override
  public void start() {
    queue.resume();
  }

  @Override
  public void close() {
    queue.close();
  }
}
