package dev.slipway;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.base.Suppliers;
import dev.slipway.audit.Advisories;
import dev.slipway.audit.Sboms;
import dev.slipway.audit.StoredAdvisories;
import dev.slipway.audit.StoredSboms;
import dev.slipway.build.BuildForecasts;
import dev.slipway.build.Builds;
import dev.slipway.build.Copies;
import dev.slipway.build.ImageVersions;
import dev.slipway.build.Images;
import dev.slipway.build.LogParts;
import dev.slipway.build.Registry;
import dev.slipway.build.RegistryCopies;
import dev.slipway.build.RegistryImages;
import dev.slipway.build.RegistryVersions;
import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.ledger.FirestoreOpinions;
import dev.slipway.ledger.FirestoreWatch;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Opinions;
import dev.slipway.ledger.Outbox;
import dev.slipway.ledger.PubSubDoor;
import dev.slipway.ledger.PubSubOutbox;
import dev.slipway.ledger.Watch;
import dev.slipway.notify.Announcer;
import dev.slipway.notify.Dialogs;
import dev.slipway.notify.FirestoreNotices;
import dev.slipway.notify.FirestoreReceipts;
import dev.slipway.notify.Notices;
import dev.slipway.notify.Receipts;
import dev.slipway.pipeline.Promotions;
import dev.slipway.release.Command;
import dev.slipway.release.Limits;
import dev.slipway.release.PromotionDecision;
import dev.slipway.release.Question;
import dev.slipway.rollout.CloudLogging;
import dev.slipway.rollout.CloudMonitoring;
import dev.slipway.rollout.HttpSmoke;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Rehearsal;
import dev.slipway.rollout.Revisions;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.Smoke;
import dev.slipway.source.BucketUploads;
import dev.slipway.source.BuildableSources;
import dev.slipway.source.CloudSources;
import dev.slipway.source.CopiedArchives;
import dev.slipway.source.Locks;
import dev.slipway.source.Sources;
import dev.slipway.source.StoredLocks;
import dev.slipway.source.Uploads;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ports on Google's clients, of whichever cloud the settings name. */
final class GooglePorts implements Ports {

  private final Settings settings;
  private final Clock clock;
  private final GoogleClients clients;
  private final Supplier<FirestoreLedger> ledger;
  private final Supplier<Sources> sources;
  private final Supplier<Registry> registry;
  private final BuildPorts building;
  private final RunPorts serving;
  private final Supplier<Builds> builds;
  private final Supplier<Outbox> outbox;
  private final Supplier<Announcer> announcer;
  private final Supplier<Dialogs> dialogs;
  private final Supplier<Consumer<Command>> commandDoor;
  private final Supplier<Consumer<Question>> questionDoor;
  private final Supplier<Optional<Advisories>> advisories;
  private final Supplier<Optional<Promotions.Upstream>> upstream;

  GooglePorts(Settings settings, Limits limits, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    clients = new GoogleClients(settings);
    ledger = Suppliers.memoize(() -> new FirestoreLedger(clients.firestore()));
    sources = Suppliers.memoize(() -> cloudSources(limits));
    registry = Suppliers.memoize(() -> new Registry(clients.identity()::accessToken));
    building = new BuildPorts(settings, clients, registry);
    serving = new RunPorts(settings, clients);
    SlackPorts slack = new SlackPorts(settings, clients, clock);
    builds = Suppliers.memoize(building::builds);
    advisories =
        Suppliers.memoize(
            () ->
                settings.advisories().map(uri -> new StoredAdvisories(clients.storage(), uri)));
    upstream = Suppliers.memoize(this::before);
    outbox = Suppliers.memoize(() -> new PubSubOutbox(clients.releaseEvents()));
    Supplier<Publisher> commands =
        Suppliers.memoize(() -> clients.publisher(DeployFunction.COMMAND_TOPIC));
    commandDoor = Suppliers.memoize(() -> new PubSubDoor<>(commands.get(), Command.class));
    questionDoor = Suppliers.memoize(() -> new PubSubDoor<>(commands.get(), Question.class));
    announcer = Suppliers.memoize(slack::announcer);
    dialogs = Suppliers.memoize(slack::dialogs);
  }

  private Sources cloudSources(Limits limits) {
    Sources all = new CloudSources(clients.storage(), settings.sourceBucket(), limits);
    return forecasts().rust().<Sources>map(rust -> new BuildableSources(all, rust)).orElse(all);
  }

  @Override
  public Sources sources() {
    return sources.get();
  }

  @Override
  public Uploads uploads() {
    BucketUploads.Window window =
        settings.laptop().isPresent()
            ? new BucketUploads.Window(
                Duration.ofSeconds(15), BucketUploads.Window.DEFAULT.to())
            : BucketUploads.Window.DEFAULT;
    return new BucketUploads(clients.storage(), settings.uploadBucket(), window, clock);
  }

  @Override
  public Locks locks() {
    return new StoredLocks(clients.storage());
  }

  @Override
  public Sboms sboms() {
    return new StoredSboms(clients.storage(), settings.sourceBucket());
  }

  @Override
  public Optional<Advisories> advisories() {
    return advisories.get();
  }

  @Override
  public Builds builds() {
    return builds.get();
  }

  @Override
  public BuildForecasts forecasts() {
    return building.forecasts();
  }

  @Override
  public Images images() {
    return new RegistryImages(registry.get(), settings.repository(), settings.region());
  }

  @Override
  public Copies copies() {
    return new RegistryCopies(
        registry.get(), clients.identity()::accessToken, settings.repository());
  }

  @Override
  public ImageVersions imageVersions() {
    return new RegistryVersions(registry.get(), settings.repository(), settings.region());
  }

  @Override
  public Optional<Promotions.Upstream> upstream() {
    return upstream.get();
  }

  private Optional<Promotions.Upstream> before() {
    return settings
        .promotionSource()
        .map(
            from -> {
              GoogleClients there = new GoogleClients(settings.upstream().orElseThrow());
              return new Promotions.Upstream(
                  new PromotionDecision.Before(from.name(), from.repository(), from.page()),
                  new FirestoreLedger(there.firestore()),
                  new CopiedArchives(
                      there.storage(), clients.storage(), settings.sourceBucket()));
            });
  }

  @Override
  public LogParts logParts() {
    return building.logs();
  }

  @Override
  public Services services() {
    return serving.services();
  }

  @Override
  public Regional regional() {
    return serving.regional();
  }

  @Override
  public Rehearsal rehearsal(Optional<String> region) {
    return serving.services(region);
  }

  @Override
  public Revisions revisions(Optional<String> region) {
    return serving.revisions(region);
  }

  @Override
  public Jobs jobs() {
    return serving.jobs();
  }

  @Override
  public Smoke smoke() {
    return new HttpSmoke(http(), clients.identity()::idToken, clock);
  }

  @Override
  public Metrics metrics() {
    return new CloudMonitoring(clients.metrics(), settings.project(), settings.region());
  }

  @Override
  public Logs logs() {
    return new CloudLogging(clients.logs(), settings.project(), settings.region());
  }

  /** A new connection each time: a smoke test must not be spared a connection that fails. */
  private static HttpClient http() {
    return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  }

  @Override
  public Ledger ledger() {
    return ledger.get();
  }

  @Override
  public Catalog catalog() {
    return ledger.get();
  }

  @Override
  public History history() {
    return ledger.get();
  }

  @Override
  public Outbox outbox() {
    return outbox.get();
  }

  @Override
  public Watch watch() {
    return new FirestoreWatch(clients.firestore());
  }

  @Override
  public Consumer<Command> commandDoor() {
    return commandDoor.get();
  }

  @Override
  public Consumer<Question> questionDoor() {
    return questionDoor.get();
  }

  @Override
  public Opinions opinions() {
    return new FirestoreOpinions(clients.firestore());
  }

  @Override
  public Notices notices() {
    return new FirestoreNotices(clients.firestore());
  }

  @Override
  public Announcer announcer() {
    return announcer.get();
  }

  @Override
  public Dialogs dialogs() {
    return dialogs.get();
  }

  @Override
  public Receipts receipts() {
    return new FirestoreReceipts(clients.firestore());
  }
}
