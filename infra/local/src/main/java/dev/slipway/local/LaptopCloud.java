package dev.slipway.local;

import dev.slipway.local.builds.CloudBuilds;
import dev.slipway.local.builds.Engine;
import dev.slipway.local.builds.TryingEngine;
import dev.slipway.local.chaos.Chaos;
import dev.slipway.local.chaos.Place;
import dev.slipway.local.events.Eventarc;
import dev.slipway.local.events.EventarcConfig;
import dev.slipway.local.events.EventarcPeers;
import dev.slipway.local.events.HttpFunctionCalls;
import dev.slipway.local.events.StorageEvent;
import dev.slipway.local.firestore.Firestore;
import dev.slipway.local.firestore.Indexes;
import dev.slipway.local.functions.FunctionHost;
import dev.slipway.local.logging.FunctionLog;
import dev.slipway.local.logging.Logging;
import dev.slipway.local.monitoring.Monitoring;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.pubsub.HttpPushClient;
import dev.slipway.local.pubsub.PubSub;
import dev.slipway.local.registry.Registry;
import dev.slipway.local.run.CloudRun;
import dev.slipway.local.run.RunSettings;
import dev.slipway.local.scheduler.CloudScheduler;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.server.Overhearing;
import dev.slipway.local.slack.SlackSink;
import dev.slipway.local.state.State;
import dev.slipway.local.storage.ObjectChange;
import dev.slipway.local.storage.Storage;
import dev.slipway.local.time.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole laptop cloud in this JVM: every service behind one gRPC and one HTTP port on loopback,
 * the functions, and what carries events between them. This class is the one place that knows them
 * all; each service knows only the small ports it declares.
 */
public final class LaptopCloud implements AutoCloseable {

  public static final String PROJECT = "laptop";
  public static final String REGION = "europe-west1";

  private static final int MOST_BUILDS = 2;

  private static final Logger LOG = System.getLogger(LaptopCloud.class.getName());

  private final CloudConfig config;

  private final OpenParts open = new OpenParts();
  private final Endpoints endpoints;
  private final State state;
  private final Chaos chaos;
  private final PubSub pubsub;
  private final Storage storage;
  private final Registry registry;
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
      open.closeLater(scheduler());
      state = open.opened(State.open(config.folder()));
      open.closeLater(scheduler());
      endpoints = new EndpointsFile(config.folder()).choose(config.ports());

      Operations operations = new Operations(state);
      chaos = new Chaos(state, scheduler());
      var unused = state.lost().thenRun(chaos::waitNoLonger);
      pubsub = pubsub(state);
      PubSubTopics topics = new PubSubTopics(pubsub);
      storage = storage(state);
      Firestore firestore = firestore(state);
      registry = new Registry(state, clock(), operations, endpoints);
      CloudRun run = run(state, operations);
      CloudBuilds builds = builds(state, operations, topics, run);
      FunctionLog printed = new FunctionLog(functionLog(config.folder()), PROJECT, REGION);
      Monitoring monitoring = new Monitoring(new ServedRequests(run));
      Logging logging = new Logging(clock(), List.of(run::logEntries, builds::logEntries, printed));
      slack = new SlackSink(state, clock(), config.resources().slack(), endpoints.http());
      functions = new FunctionHost(state, config.functions().apply(endpoints));
      eventarc = eventarc(state, topics);
      CloudScheduler ticks = ticks(topics);

      config.resources().buckets().forEach(storage::ensureBucket);
      config.resources().topics().forEach(topics::ensure);
      topics.keep(config.resources().deadLetterTopic());
      open.opened(
          CloudServer.start(
              endpoints,
              List.of(
                  operations, pubsub, storage, firestore, registry, builds, run, monitoring,
                  logging, slack, functions, eventarc, ticks, chaos),
              new Overhearing(chaos, method -> stirs(method, ticks))));
      // What calls the services stops before them: first these three, the last named first.
      List.of(functions, eventarc, ticks).forEach(open::opened);
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

  /** The file functions are to print their log to: a line of JSON a record. */
  public static Path functionLog(Path folder) {
    return folder.resolve("logs").resolve("functions.jsonl");
  }

  private PubSub pubsub(State state) {
    return new PubSub(
        state,
        clock(),
        scheduler(),
        new HttpPushClient(),
        (subscription, message) ->
            chaos.delays(
                Place.MESSAGE,
                subscription.substring(subscription.lastIndexOf('/') + 1),
                List.of(Duration.ZERO)));
  }

  private Firestore firestore(State state) {
    Indexes indexes = config.indexes().map(Indexes::parse).orElseGet(Indexes::permissive);
    return new Firestore(state, clock(), scheduler(), indexes, Set.of());
  }

  private Storage storage(State state) {
    return new Storage(state, clock(), scheduler(), endpoints.http(), this::changed);
  }

  /** Eventarc is there by the time anybody can write an object. */
  private void changed(ObjectChange change) {
    if (change.kind() == ObjectChange.Kind.FINALIZED) {
      eventarc.deliver(
          new StorageEvent(
              change.bucket(), change.name(), clock().instant(), change.resource()));
    }
  }

  private CloudBuilds builds(
      State state, Operations operations, PubSubTopics topics, CloudRun run) {
    StoredObjects objects = new StoredObjects(storage);
    Engine engine =
        config
            .engine()
            .make(
                state.folder("build-work"),
                objects,
                new RegistryImages(registry),
                clock(),
                scheduler());
    return new CloudBuilds(
        new CloudBuilds.Platform(state, clock(), scheduler(), operations, endpoints),
        new TryingEngine(engine, new ImageTrials(run.trials())),
        (attributes, json) -> topics.publish("cloud-builds", attributes, json),
        objects,
        MOST_BUILDS);
  }

  private CloudRun run(State state, Operations operations) {
    return new CloudRun(
        state,
        clock(),
        scheduler(),
        operations,
        new RegistryImages(registry),
        version -> Optional.empty(),
        RunSettings.defaults());
  }

  private Eventarc eventarc(State state, PubSubTopics topics) {
    CloudConfig.Delivery delivery = config.delivery();
    HttpFunctionCalls calls = open.opened(new HttpFunctionCalls(functions::address));
    return new Eventarc(
        state,
        clock(),
        scheduler(),
        new EventarcConfig(
            PROJECT,
            config.resources().triggers(),
            delivery.retry(),
            delivery.concurrency(),
            (trigger, event) ->
                chaos.delays(
                    Place.EVENT, trigger.name(), delivery.plan().delays(trigger, event))),
        new EventarcPeers(
            (function, event) -> chaos.call(function, () -> calls.call(function, event)),
            topics,
            new GivenUp(config.resources(), topics)));
  }

  private CloudScheduler ticks(PubSubTopics topics) {
    CloudConfig.Time time = config.time();
    var job = new CloudScheduler.Job(config.resources().tickTopic(), time.tick(), time.rest());
    return new CloudScheduler(job, clock(), scheduler(), topics);
  }

  /** Whoever rolls something out looks at Cloud Run each time; whatever happens is published. */
  private static void stirs(String method, CloudScheduler ticks) {
    if (method.startsWith("google.cloud.run.v2.")
        || method.equals("google.pubsub.v1.Publisher/Publish")) {
      ticks.stir();
    }
  }

  private Clock clock() {
    return config.time().clock();
  }

  private Scheduler scheduler() {
    return config.time().scheduler();
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  /** Where faults are put in. */
  public Chaos chaos() {
    return chaos;
  }

  /**
   * Waits until somebody asks for a restart; whoever waits here carries it out.
   *
   * @throws dev.slipway.local.state.StateException when its state could not be written
   */
  public void awaitRestart() throws InterruptedException {
    chaos.awaitRestart();
    if (state.lost().isDone()) {
      throw state.lost().join();
    }
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
    scheduler().soon(functions::warmUp);
  }

  /** Stops everything; what was under way is taken up at the next start. */
  @Override
  public void close() {
    open.close();
  }
}
