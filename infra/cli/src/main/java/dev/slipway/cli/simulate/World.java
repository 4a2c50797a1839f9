package dev.slipway.cli.simulate;

import com.google.common.base.Splitter;
import dev.slipway.PolicyDocument;
import dev.slipway.Settings;
import dev.slipway.Wiring;
import dev.slipway.notify.NotSaidException;
import dev.slipway.notify.Notifier;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Commands;
import dev.slipway.pipeline.Duty;
import dev.slipway.pipeline.ContendedException;
import dev.slipway.pipeline.Intake;
import dev.slipway.pipeline.Patience;
import dev.slipway.pipeline.Pause;
import dev.slipway.pipeline.Sweep;
import dev.slipway.release.Cleanup;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Lock;
import dev.slipway.release.Fields;
import dev.slipway.release.LockedPackage;
import dev.slipway.release.Policy;
import dev.slipway.release.Promotion;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Source;
import dev.slipway.release.Stage;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import dev.slipway.source.Inspection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** The whole pipeline on platforms in memory, with time that passes when told. */
final class World {

  static final String BUCKET = "uploads";
  static final ServiceName HELLO = new ServiceName("hello");

  /** The environment's own region. */
  static final String REGION = "europe-west1";

  private static final Settings SETTINGS =
      Settings.from(
          Map.of(
              Settings.PROJECT, "simulated",
              Settings.REGION, REGION,
              Settings.DATABASE, "slipway",
              Settings.UPLOAD_BUCKET, BUCKET,
              Settings.SOURCE_BUCKET, "sources",
              Settings.REPOSITORY, "registry/simulated/images",
              Settings.RELEASE_TOPIC, "release-events",
              Settings.SLACK_CHANNEL, "C0",
              Settings.SLACK_TOKEN, "xoxb-simulated"));

  final SimulatedCloud cloud;
  final SimulatedLedger ledger;
  final SimulatedSlack slack;
  private final Map<Upload, String> bucket = new LinkedHashMap<>();
  private final SimulatedRegions regions;

  private final Staging staging;

  /** Whether releases have their turn, one after another. */
  final boolean queues;

  Runnable lockReads = () -> {};

  /** The job that crates uploaded from now on have run. */
  List<String> job = List.of();

  Intake intake;
  Advance advance;
  Commands commands;
  final Notifier notifier;

  /** What a tick does in the function that has crates built, and in the one that deploys them. */
  Sweep building;

  Sweep deploying;
  private final Queue<ReleaseId> heard = new ArrayDeque<>();
  private final VirtualClock clock;
  private final Boundary boundary;
  private final Pause pause;

  World(Boundary boundary, Policy policy) {
    this(boundary, policy, span -> {}, new VirtualClock());
  }

  /**
   * A world in which nothing has happened yet.
   *
   * @param pause what a worker does that waits for a platform
   */
  World(Boundary boundary, Policy policy, Pause pause, VirtualClock clock) {
    this.boundary = boundary;
    this.clock = clock;
    queues = policy.pace().contest() == Policy.Contest.QUEUE;
    staging = new Staging(boundary, clock);
    cloud = new SimulatedCloud(boundary);
    cloud.now = clock::instant;
    cloud.clock = clock;
    regions = new SimulatedRegions(REGION, cloud, this::elsewhere);
    ledger = new SimulatedLedger(boundary);
    ledger.listener = release -> heard.add(release.id());
    slack = new SimulatedSlack(boundary, clock);
    this.pause = pause;
    Wiring wiring = wiring(policy);
    notifier = wiring.notifier();
    intake = wiring.intake();
    advance = wiring.advance();
    commands = wiring.commands();
    building = wiring.sweep(Duty.BUILD);
    deploying = wiring.sweep(Duty.DEPLOY);
  }

  private Wiring wiring(Policy policy) {
    return new Wiring(
        SETTINGS,
        new SimulatedPorts(
            cloud,
            regions,
            staging.upstream(),
            ledger,
            slack,
            this::inspect,
            () -> List.copyOf(bucket.keySet()),
            this::lock),
        new Advance.Context(policy, clock, new Patience(Duration.ofMillis(1), 60, pause)));
  }

  /** From now on the team's policy is another. */
  void rule(String policy) {
    Wiring wiring = wiring(PolicyDocument.read(policy));
    intake = wiring.intake();
    advance = wiring.advance();
    commands = wiring.commands();
    building = wiring.sweep(Duty.BUILD);
    deploying = wiring.sweep(Duty.DEPLOY);
  }

  /** What serves in a region. */
  SimulatedCloud in(String region) {
    return regions.named(region);
  }

  private SimulatedCloud elsewhere(String region) {
    SimulatedCloud made = new SimulatedCloud(boundary);
    made.root = "http://" + region + "/";
    made.now = clock::instant;
    made.clock = clock;
    made.images = cloud.images;
    return made;
  }

  /** The content of an upload is the version of its one dependency. */
  private Lock lock(Source source) {
    lockReads.run();
    LockedPackage dependency =
        new LockedPackage("dep", source.sha256(), Optional.of("registry+x"), Optional.empty());
    return new Lock(List.of(dependency), Map.of());
  }

  static World calm() {
    return new World(Faults.none(), Policy.DEFAULT);
  }

  static World calm(Policy.Contest contest) {
    return calm("contest: " + Fields.label(contest));
  }

  /** With a policy as a team writes it. */
  static World calm(String policy) {
    return new World(Faults.none(), PolicyDocument.read(policy));
  }

  private CrateSettings settings() {
    CrateSettings d = CrateSettings.DEFAULT;
    return new CrateSettings(
        d.service(),
        d.binary(),
        d.health(),
        d.base(),
        d.profile(),
        d.features(),
        d.defaultFeatures(),
        d.test(),
        job);
  }

  private Inspection inspect(Upload upload) {
    boundary.look("read upload");
    String content = bucket.get(upload);
    if (content == null) {
      return new Inspection.Gone();
    }
    if (Promotion.isNamed(upload.object())) {
      return staging.asked(content);
    }
    StoredObject archive = new StoredObject("sources", content, 1);
    return new Inspection.Accepted(
        new Source(upload, content, 100, archive), List.of(crate()), List.of());
  }

  /** A release is live in the environment before, and somebody asks for it here. */
  Upload promoted(String content) {
    ReleaseId id = staging.release(crate(), content);
    return put("promotions/" + id + Promotion.SUFFIX, id.toString());
  }

  private Crate crate() {
    return new Crate(
            HELLO,
            "hello",
            "1.0.0",
            "2021",
            Optional.empty(),
            Optional.empty(),
            "hello",
            Optional.empty(),
            1,
            "",
            List.of(),
            settings());
  }

  /** Puts content into the bucket; its event is another matter. */
  Upload put(String object, String content) {
    Upload upload = new Upload(BUCKET, object, bucket.size() + 1);
    bucket.put(upload, content);
    return upload;
  }

  /** The same content under a generation of its own, as if nobody saw that it is the same. */
  Upload again(Upload upload) {
    return put(upload.object(), bucket.getOrDefault(upload, ""));
  }

  static ReleaseId id(Upload upload) {
    return ReleaseId.of(HELLO, upload);
  }

  /** Delivers the upload's event, as often as it takes: a worker that dies gets it again. */
  void deliver(Upload upload) {
    survive(() -> intake.receive(upload));
  }

  /** Delivers it once, whatever becomes of the worker. */
  void deliverOnce(Upload upload) {
    try {
      intake.receive(upload);
    } catch (Faults.Crash died) {
      // Nobody delivers it again.
    }
  }

  /** A release as far as its first step. */
  Upload canary(String object, String content) {
    Upload upload = put(object, content);
    deliver(upload);
    cloud.finishBuilds();
    buildMessage(upload);
    return upload;
  }

  List<String> revisions() {
    return cloud.list(HELLO).stream().map(Cleanup.Kept::name).toList();
  }

  /** The revision that carries the candidate tag. */
  Optional<String> tagged() {
    return cloud.read(HELLO, "").orElseThrow().traffic().stream()
        .filter(t -> t.tag().isPresent())
        .map(ServiceState.Target::revision)
        .findFirst();
  }

  ServiceRecord service() {
    return ledger.services.getOrDefault(HELLO, ServiceRecord.unknown(HELLO));
  }

  void buildMessage(Upload upload) {
    survive(() -> advance.advance(id(upload)));
  }

  void tick() {
    survive(building::sweep);
    survive(deploying::sweep);
  }

  void command(Command.Kind kind, Upload upload) {
    command(kind, id(upload), "alice", "because");
  }

  void command(Command.Kind kind, ReleaseId release, String actor, String reason) {
    survive(() -> commands.obey(new Command(kind, release, actor, reason)));
  }

  /** An invocation, and those of the function that hears what it published. */
  private void survive(Runnable invocation) {
    redelivered(invocation);
    while (!heard.isEmpty()) {
      ReleaseId next = heard.remove();
      redelivered(() -> notifier.announce(next));
    }
  }

  private static void redelivered(Runnable invocation) {
    for (int delivery = 0; delivery < 3; delivery++) {
      try {
        invocation.run();
        return;
      } catch (Faults.Crash
          | IllegalStateException
          | ContendedException
          | NotSaidException redelivered) {
        // At least once: the same event comes again.
      }
    }
  }

  Instant now() {
    return clock.instant();
  }

  void pass(Duration span) {
    clock.advance(span);
  }

  /** Builds end, ticks come, time passes, until nothing moves any more. */
  void settle() {
    for (int minute = 0; minute < 120 && !ledger.active().isEmpty(); minute++) {
      cloud.finishBuilds();
      tick();
      checkInvariants();
      pass(Duration.ofMinutes(1));
    }
  }

  /** A release from upload to its end. */
  Upload release(String object, String content) {
    Upload upload = put(object, content);
    deliver(upload);
    settle();
    return upload;
  }

  Stage stage(Upload upload) {
    return release(upload).stage();
  }

  List<String> stages(Upload upload) {
    return release(upload).history().stream().map(Release.Entered::stage).toList();
  }

  Release release(Upload upload) {
    return ledger.view(id(upload)).release().orElseThrow();
  }

  /** I1, I3, I4 and I5 of the design, as far as they show at one moment. */
  void checkInvariants() {
    for (ReleaseId id : ledger.releases.keySet()) {
      require(cloud.effectiveBuilds(id) <= 1, "I1: more than one build of " + id);
    }
    Map<ReleaseId, Long> sequences = new LinkedHashMap<>();
    ledger.entries.forEach(
        e -> require(e.sequence() == sequences.merge(e.release(), 1L, Long::sum), "I3: " + e));
    for (String change : cloud.history) {
      int sum = 0;
      for (String share : Splitter.on(' ').split(change)) {
        sum += Integer.parseInt(share.substring(share.indexOf('=') + 1));
        String revision = share.substring(0, share.indexOf('='));
        require(
            change.contains("=100") || cloud.readiness.apply(revision) instanceof Readiness.Ready,
            "I4: traffic to a revision that is not ready: " + change);
      }
      require(sum == 100, "I4: " + change);
    }
    List<Release> rollouts = new ArrayList<>(ledger.releases.values());
    rollouts.removeIf(
        r -> !(r.stage() instanceof Stage.Candidate || r.stage() instanceof Stage.Canary));
    require(rollouts.size() <= 1, "I5: " + rollouts);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
