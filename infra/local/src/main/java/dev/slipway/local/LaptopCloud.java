package dev.slipway.local;

import dev.slipway.local.events.DeadLetter;
import dev.slipway.local.events.Eventarc;
import dev.slipway.local.events.EventarcConfig;
import dev.slipway.local.events.EventarcPeers;
import dev.slipway.local.events.HttpFunctionCalls;
import dev.slipway.local.functions.FunctionHost;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.scheduler.CloudScheduler;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.slack.SlackSink;
import dev.slipway.local.state.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole laptop cloud in this JVM: every service behind one gRPC and one HTTP port on loopback,
 * the functions, and what carries events between them. This class is the one place that knows them
 * all; each service knows only the small ports it declares.
 */
public final class LaptopCloud implements AutoCloseable {

  public static final String PROJECT = "laptop";
  public static final String REGION = "europe-west1";

  private static final Logger LOG = System.getLogger(LaptopCloud.class.getName());

  private final CloudConfig config;

  /** What is to be closed, the last opened first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final Endpoints endpoints;
  private final SlackSink slack;
  private final FunctionHost functions;
  private final Eventarc eventarc;
  private final Duration startedIn;

  private LaptopCloud(CloudConfig config) {
    long began = System.nanoTime();
    this.config = config;
    try {
      // Before the state, so that it is closed even if that cannot be opened; and after it, so
      // that work under way ends before the state is closed.
      closeLater(config.time().scheduler());
      State state = opened(State.open(config.folder()));
      closeLater(config.time().scheduler());
      endpoints = new EndpointsFile(config.folder()).choose();

      Operations operations = new Operations(state);
      InProcessTopics topics = new InProcessTopics(config.time().clock());
      slack = new SlackSink(state, config.time().clock(), config.resources().slack());
      functions = new FunctionHost(state, config.functions().apply(endpoints));
      eventarc = eventarc(state, topics);
      CloudScheduler ticks = ticks(topics);

      opened(
          CloudServer.start(endpoints, List.of(operations, slack, functions, eventarc, ticks)));
      // What calls the services stops before them: first these three, by their order here.
      List.of(functions, eventarc, ticks).forEach(this::opened);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    startedIn = Duration.ofNanos(System.nanoTime() - began);
    LOG.log(
        Level.INFO,
        "The laptop cloud is at {0} (gRPC) and {1} (HTTP), state in {2}",
        endpoints.grpc(),
        endpoints.http(),
        config.folder());
  }

  /**
   * Starts a cloud and returns once every API can be called; functions start when first called.
   *
   * @throws dev.slipway.local.state.StateException when the folder is in use or damaged
   */
  public static LaptopCloud start(CloudConfig config) {
    return new LaptopCloud(config);
  }

  /** Where the cloud of {@code folder} listens, or listened last; absent if it never ran. */
  public static Optional<Endpoints> endpointsOf(Path folder) {
    return new EndpointsFile(folder).last();
  }

  private Eventarc eventarc(State state, InProcessTopics topics) {
    CloudConfig.Delivery delivery = config.delivery();
    HttpFunctionCalls calls = opened(new HttpFunctionCalls(functions::address));
    return new Eventarc(
        state,
        config.time().clock(),
        config.time().scheduler(),
        new EventarcConfig(
            PROJECT,
            config.resources().triggers(),
            delivery.retry(),
            delivery.concurrency(),
            delivery.plan()),
        new EventarcPeers(calls, topics, letter -> publish(letter, topics)));
  }

  private void publish(DeadLetter letter, InProcessTopics topics) {
    topics.publish(
        config.resources().deadLetterTopic(),
        Map.of(
            "trigger", letter.trigger(),
            "eventId", letter.event().id(),
            "eventType", letter.event().type(),
            "reason", letter.reason()),
        letter.event().json().getBytes(StandardCharsets.UTF_8));
  }

  private CloudScheduler ticks(InProcessTopics topics) {
    var job = new CloudScheduler.Job(config.resources().tickTopic(), config.time().tick());
    return new CloudScheduler(job, config.time().scheduler(), topics);
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public SlackSink slack() {
    return slack;
  }

  public FunctionHost functions() {
    return functions;
  }

  public Eventarc eventarc() {
    return eventarc;
  }

  /** How long the start took, in milliseconds. */
  public long readyMillis() {
    return startedIn.toMillis();
  }

  /** Starts the functions in the background, so that the first event does not wait for it. */
  public void warmUp() {
    config.time().scheduler().soon(functions::warmUp);
  }

  /** Stops everything; what was under way is taken up at the next start. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "closing " + next.getClass().getSimpleName(), e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private void closeLater(Object part) {
    if (part instanceof AutoCloseable closeable) {
      open.push(closeable);
    }
  }
}
