package dev.slipway.cli.simulate;

import dev.slipway.PolicyDocument;
import dev.slipway.notify.NotSaidException;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.ContendedException;
import dev.slipway.pipeline.Patience;
import dev.slipway.pipeline.Pause;
import dev.slipway.release.Cleanup;
import dev.slipway.release.Command;
import dev.slipway.release.Fields;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The whole pipeline on platforms in memory, with time that passes when told. */
final class World {

  static final String BUCKET = "uploads";
  static final ServiceName HELLO = new ServiceName("hello");

  /** The environment's own region. */
  static final String REGION = "europe-west1";

  final VirtualClock clock;
  final SimulatedBucket bucket;
  final SimulatedBuilds builds;
  final SimulatedImages images;
  final SimulatedJobs jobs;

  /** What serves in the environment's own region. */
  final SimulatedServices services;

  /** What can be seen of it. */
  final SimulatedMeasures measures;

  final SimulatedLedger ledger;
  final SimulatedSlack slack;
  private final SimulatedRegions regions;
  private final SimulatedPorts ports;
  private final Patience patience;

  /** Whether releases have their turn, one after another. */
  final boolean queues;

  /** Under the team's policy of the time. */
  Functions functions;

  private final Queue<ReleaseId> heard = new ArrayDeque<>();

  World(Boundary boundary, Policy policy) {
    this(boundary, policy, span -> {}, new VirtualClock());
  }

  /**
   * A world in which nothing has happened yet.
   *
   * @param pause what a worker does that waits for a platform
   */
  World(Boundary boundary, Policy policy, Pause pause, VirtualClock clock) {
    this.clock = clock;
    queues = policy.pace().contest() == Policy.Contest.QUEUE;
    Staging staging = new Staging(boundary, clock);
    bucket = new SimulatedBucket(boundary, staging);
    builds = new SimulatedBuilds(boundary);
    images = new SimulatedImages(boundary, clock);
    jobs = new SimulatedJobs(boundary);
    regions =
        new SimulatedRegions(REGION, root -> SimulatedRegion.at(root, boundary, clock, images));
    services = regions.own().services();
    measures = regions.own().measures();
    ledger = new SimulatedLedger(boundary);
    ledger.listener = release -> heard.add(release.id());
    slack = new SimulatedSlack(boundary, clock);
    ports =
        new SimulatedPorts(
            bucket, staging.upstream(), builds, images, jobs, regions, ledger, slack);
    patience = new Patience(Duration.ofMillis(1), 60, pause);
    functions = Functions.on(ports, new Advance.Context(policy, clock, patience));
  }

  /** From now on the team's policy is another. */
  void rule(String policy) {
    functions =
        Functions.on(ports, new Advance.Context(PolicyDocument.read(policy), clock, patience));
  }

  /** Where a service has come to, besides the environment's own region. */
  List<String> furtherRegions() {
    return regions.others().stream()
        .filter(region -> !in(region).services().revisions(HELLO.value()).isEmpty())
        .toList();
  }

  /** Every region there is by now. */
  List<SimulatedRegion> everywhere() {
    return regions.all();
  }

  /** A region by its name. */
  SimulatedRegion in(String region) {
    return regions.named(region);
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

  Upload promoted(String content) {
    return bucket.promoted(content);
  }

  /** Puts content into the bucket; its event is another matter. */
  Upload put(String object, String content) {
    return bucket.put(object, content);
  }

  static ReleaseId id(Upload upload) {
    return ReleaseId.of(HELLO, upload);
  }

  /** Delivers the upload's event, as often as it takes: a worker that dies gets it again. */
  void deliver(Upload upload) {
    survive(() -> functions.intake().receive(upload));
  }

  /** Delivers it once, whatever becomes of the worker. */
  void deliverOnce(Upload upload) {
    try {
      functions.intake().receive(upload);
    } catch (Faults.Crash died) {
      // Nobody delivers it again.
    }
  }

  /** A release as far as its first step. */
  Upload canary(String object, String content) {
    Upload upload = put(object, content);
    deliver(upload);
    builds.finish();
    buildMessage(upload);
    return upload;
  }

  List<String> revisions() {
    return services.list(HELLO).stream().map(Cleanup.Kept::name).toList();
  }

  /** The revision that carries the candidate tag. */
  Optional<String> tagged() {
    return services.read(HELLO, "").orElseThrow().traffic().stream()
        .filter(t -> t.tag().isPresent())
        .map(ServiceState.Target::revision)
        .findFirst();
  }

  ServiceRecord service() {
    return ledger.services.getOrDefault(HELLO, ServiceRecord.unknown(HELLO));
  }

  void buildMessage(Upload upload) {
    survive(() -> functions.advance().advance(id(upload)));
  }

  void tick() {
    survive(functions.building()::sweep);
    survive(functions.deploying()::sweep);
  }

  void command(Command.Kind kind, Upload upload) {
    command(kind, id(upload), "alice", "because");
  }

  void command(Command.Kind kind, ReleaseId release, String actor, String reason) {
    survive(() -> functions.commands().obey(new Command(kind, release, actor, reason)));
  }

  /** An invocation, and those of the function that hears what it published. */
  private void survive(Runnable invocation) {
    redelivered(invocation);
    while (!heard.isEmpty()) {
      ReleaseId next = heard.remove();
      redelivered(() -> functions.notifier().announce(next));
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
      builds.finish();
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

  /** Whether all is as it must be at any moment. */
  void checkInvariants() {
    Glance.at(this);
  }
}
