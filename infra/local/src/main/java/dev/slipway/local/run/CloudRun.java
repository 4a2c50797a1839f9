package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.logging.v2.LogEntry;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.run.StartupWatch.Timing;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.grpc.BindableService;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Cloud Run: {@code google.cloud.run.v2.Services}, {@code Revisions}, {@code Jobs} and {@code
 * Executions}. Revisions and tasks of jobs run as processes
 * from their unpacked images; each service and each tag has a URL of its own, whose requests are
 * split by the service's traffic. What a revision prints is at {@code GET /run/REVISION/log}.
 */
public final class CloudRun implements CloudService {

  private static final String PREFIX = "/run";

  private final Processes processes;
  private final Fleet fleet;
  private final Splitter splitter;
  private final Reconciler reconciler;
  private final RevisionLogs logs;
  private final RequestMetrics metrics;
  private final Jobs jobs;
  private final TrialRuns trials;
  private final List<BindableService> apis;

  /** Runs revisions as processes of this machine. */
  public CloudRun(
      State state,
      Clock clock,
      Scheduler scheduler,
      Operations operations,
      Images images,
      Secrets secrets,
      RunSettings settings) {
    this(
        state,
        clock,
        scheduler,
        operations,
        new Outside(images, secrets, processes(state)),
        settings);
  }

  /** Runs revisions by whatever launcher {@code outside} holds. */
  public CloudRun(
      State state,
      Clock clock,
      Scheduler scheduler,
      Operations operations,
      Outside outside,
      RunSettings settings) {
    Path folder = state.folder("run");
    Timing timing = new Timing(clock, scheduler);
    Catalog catalog = new Catalog(state);
    Ids ids = new Ids(catalog, clock);
    Conditions conditions = new Conditions(clock);
    logs = new RevisionLogs(folder.resolve("logs"), clock, settings.logBytes());
    metrics = new RequestMetrics(clock);
    processes = new Processes(outside.launcher());
    ImageStore images = new ImageStore(outside.images(), folder.resolve("images"));
    trials = new TrialRuns(images, processes, timing, settings.grace());
    fleet =
        new Fleet(
            new Startup(images, outside.secrets(), processes, logs, settings, timing),
            settings,
            timing);
    splitter = new Splitter(
            new Addresses(state),
            new Upstreams(fleet::find, new Upstreams.Records(metrics, logs.entries()), timing));
    reconciler = new Reconciler(catalog, operations, conditions, fleet, splitter);
    Deployments deployments =
        new Deployments(catalog, operations, ids, conditions, splitter, reconciler);
    Removals removals = new Removals(catalog, operations, ids, conditions, fleet, splitter);
    JobCatalog jobCatalog = new JobCatalog(state);
    jobs =
        new Jobs(
            jobCatalog,
            operations,
            ids,
            conditions,
            new Jobs.Machine(images, processes, logs, timing));
    apis =
        List.of(
            new ServicesApi(catalog, deployments, removals),
            new RevisionsApi(catalog, removals),
            new JobsApi(jobCatalog, jobs),
            new ExecutionsApi(jobCatalog));
  }

  private static Launcher processes(State state) {
    Leftovers leftovers = new Leftovers(state);
    leftovers.end();
    return new ProcessLauncher(Isolation.probe(), leftovers);
  }

  /**
   * What Cloud Run needs of others.
   *
   * @param images where images come from
   * @param secrets where secret environment variables come from
   * @param launcher what starts instances
   */
  public record Outside(Images images, Secrets secrets, Launcher launcher) {}

  /** Runs images once, without a service. */
  public TrialRuns trials() {
    return trials;
  }

  /** What was served, for Cloud Monitoring. */
  public RequestMetrics metrics() {
    return metrics;
  }

  /** What is to be found in Cloud Logging. */
  public List<LogEntry> logEntries() {
    return logs.entries().entries();
  }

  /** All that is kept of what a revision printed, each line after its time. */
  public String log(String revision) {
    return logs.read(revision);
  }

  @Override
  public List<BindableService> grpc() {
    return apis;
  }

  @Override
  public Map<String, HttpHandler> http() {
    return Map.of(PREFIX, this::sendLog);
  }

  private void sendLog(HttpServerExchange exchange) {
    String[] parts = exchange.getRequestURI().split("/", -1);
    boolean log = parts.length == 4 && parts[3].equals("log") && parts[2].matches("[a-z0-9-]+");
    if (!log) {
      exchange.setStatusCode(404);
      return;
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getResponseSender().send(log(parts[2]), UTF_8);
  }

  @Override
  public void start() {
    reconciler.resume();
    jobs.resume();
  }

  /** Closes the URLs and ends every process. */
  @Override
  public void close() {
    splitter.close();
    fleet.close();
    jobs.close();
    processes.close();
  }
}
