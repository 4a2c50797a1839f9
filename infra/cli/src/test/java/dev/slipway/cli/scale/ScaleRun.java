package dev.slipway.cli.scale;

import dev.slipway.PolicyDocument;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Duty;
import dev.slipway.pipeline.Instruments;
import dev.slipway.pipeline.Intake;
import dev.slipway.pipeline.Inventory;
import dev.slipway.pipeline.Journal;
import dev.slipway.pipeline.Observer;
import dev.slipway.pipeline.Patience;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Promotions;
import dev.slipway.pipeline.Pulse;
import dev.slipway.pipeline.Retelling;
import dev.slipway.pipeline.Strays;
import dev.slipway.pipeline.Sweep;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Lock;
import dev.slipway.release.Measurements;
import dev.slipway.release.Policy;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Signals;
import dev.slipway.release.Source;
import dev.slipway.release.Stage;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import dev.slipway.release.Windows;
import dev.slipway.source.Inspection;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A month of an environment on virtual time, with the pipeline as it is and a ledger and a cloud
 * that count. Its figures are those of docs/scale.md.
 *
 * <p>{@code docs/measure-scale [SERVICES RELEASES]}
 */
final class ScaleRun {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration BUILD = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofMinutes(1);
  private static final Duration LISTED = Duration.ofDays(2);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What a gate reads of metrics and logs depends on the users, which there are none of here. */
  private static final Policy POLICY = PolicyDocument.read("gate: {enabled: false}");

  final CountedLedger ledger = new CountedLedger();
  final CountedCloud cloud = new CountedCloud();
  private final int services;
  private final int releases;
  private final Duration span;
  private Instant now = START;
  private final Clock clock = InstantSource.offset(() -> now, Duration.ZERO).withZone(ZoneOffset.UTC);
  private final Deque<Map.Entry<Instant, Upload>> recent = new ArrayDeque<>();
  private final Deque<Instant> ends = new ArrayDeque<>();
  private final Intake intake;
  private final Advance deploy;
  private final Sweep uploadsSweep;
  private final Sweep releasesSweep;

  int mostActive;
  long ticks;
  long oldestSeconds;

  ScaleRun(int services, int releases, Duration span) {
    this.span = span;
    this.services = services;
    this.releases = releases;
    Journal journal = new Journal(ledger, ledger, clock);
    Advance build = advance(journal, Duty.BUILD);
    deploy = advance(journal, Duty.DEPLOY);
    intake = new Intake(
            ledger,
            new Intake.Door(
                this::inspect,
                new Promotions(Optional.empty(), POLICY.promotion(), clock)),
            journal,
            build);
    Retelling retelling = new Retelling(ledger, id -> Long.MAX_VALUE, ledger, clock);
    uploadsSweep =
        new Sweep(
            ledger,
            clock,
            this::recent,
            intake,
            build,
            List.of(
                new Sweep.Chore(
                    "builds nobody waits for", new Strays(ledger, cloud)::stop)));
    releasesSweep =
        new Sweep(
            ledger,
            clock,
            List::of,
            intake,
            deploy,
            List.of(
                new Sweep.Chore("the outbox", retelling::retell),
                new Sweep.Chore("the pulse", new Pulse(ledger, clock)::beat)));
  }

  private Advance advance(Journal journal, Duty duty) {
    Inventory inventory =
        new Inventory(
            cloud,
            source -> new Lock(List.of(), Map.of()),
            (digest, json) -> new StoredObject("sources", "sboms/" + digest, 1),
            Optional.empty());
    return new Advance(
        journal,
        new Observer(
            cloud,
            region -> cloud,
            cloud,
            new Instruments(ScaleRun::unmeasured, ScaleRun::unlogged, POLICY.gate(), clock)),
        new Performer(
            new Performer.Making(cloud, cloud, (from, release) -> from, inventory),
            new Performer.Serving(region -> cloud, cloud, cloud)),
        new Advance.Context(POLICY, clock, new Patience(Duration.ofMillis(1), 5, span -> {})),
        duty);
  }

  private static Measurements unmeasured(ServiceName service, Rollout rollout, Windows windows) {
    throw new AssertionError("the gate is off");
  }

  private static Signals unlogged(ServiceName service, Rollout rollout, Instant since) {
    throw new AssertionError("the gate is off");
  }

  private ServiceName service(long generation) {
    return new ServiceName("s" + generation % services);
  }

  private Inspection inspect(Upload upload) {
    Crate crate =
        new Crate(
            service(upload.generation()),
            "crate",
            "1.0.0",
            "2021",
            Optional.empty(),
            Optional.empty(),
            "crate",
            Optional.empty(),
            1,
            "",
            List.of(),
            CrateSettings.DEFAULT);
    String content = "sha-" + upload.generation();
    return new Inspection.Accepted(
        new Source(upload, content, 100, new StoredObject("sources", content, 1)),
        List.of(crate),
        List.of());
  }

  /** What a listing of the upload bucket gives. */
  private List<Upload> recent() {
    while (!recent.isEmpty() && recent.peek().getKey().isBefore(now.minus(LISTED))) {
      recent.remove();
    }
    return recent.stream().map(Map.Entry::getValue).toList();
  }

  /** Uploads at an even pace, then as long as something moves. */
  ScaleRun run() {
    Duration pace = span.dividedBy(releases);
    Instant nextUpload = START;
    long uploaded = 0;
    while (uploaded < releases || !ledger.active.isEmpty()) {
      for (; uploaded < releases && !nextUpload.isAfter(now); nextUpload = nextUpload.plus(pace)) {
        upload(++uploaded);
      }
      while (!ends.isEmpty() && !ends.peek().isAfter(now)) {
        ends.remove();
        deploy.advance(cloud.finishOne());
      }
      tick();
      now = now.plus(TICK);
    }
    return this;
  }

  private void upload(long generation) {
    Upload upload = new Upload("uploads", "crate-" + generation + ".tar.gz", generation);
    recent.add(Map.entry(now, upload));
    intake.receive(upload);
    ends.add(now.plus(BUILD));
  }

  private void tick() {
    ticks++;
    uploadsSweep.sweep();
    releasesSweep.sweep();
    mostActive = Math.max(mostActive, ledger.active.size());
    ledger.active.values().stream()
        .mapToLong(r -> Duration.between(r.since(), now).toSeconds())
        .max()
        .ifPresent(oldest -> oldestSeconds = Math.max(oldestSeconds, oldest));
  }

  /** Every release that was not let go unrolled is live or was. */
  long served() {
    return ledger.releases.values().stream()
        .filter(r -> r.stage() instanceof Stage.Live || r.stage() instanceof Stage.Replaced)
        .count();
  }

  void tell(PrintStream out) {
    out.printf("services                                  %,14d%n", services);
    out.printf("releases                                  %,14d%n", releases);
    out.printf("of them live in the end, or replaced      %,14d%n", served());
    out.printf("ticks                                     %,14d%n", ticks);
    out.printf("releases under way, at most               %,14d%n", mostActive);
    out.printf("builds at once, at most                   %,14d%n", cloud.mostBuilds);
    out.printf("longest rest, seconds                     %,14d%n", oldestSeconds);
    out.printf("ledger: documents written                 %,14d  %6.1f a release%n", ledger.writes, each(ledger.writes));
    out.printf("ledger: events                            %,14d  %6.1f a release%n", ledger.events, each(ledger.events));
    long reads = ledger.reads.values().stream().mapToLong(Long::longValue).sum();
    out.printf("ledger: documents read                    %,14d  %6.1f a release%n", reads, each(reads));
    ledger.reads.forEach((what, n) -> out.printf("  %-40s%,14d  %6.1f a release%n", what, n, each(n)));
    out.printf("Pub/Sub: release events                   %,14d  %6.1f a release%n", ledger.published, each(ledger.published));
    out.printf("Cloud Build: lists                        %,14d  %6.1f a release%n", cloud.lists, each(cloud.lists));
    out.printf("Cloud Run: reads                          %,14d  %6.1f a release%n", cloud.serviceReads, each(cloud.serviceReads));
    out.printf("Cloud Run: changes                        %,14d  %6.1f a release%n", cloud.serviceWrites, each(cloud.serviceWrites));
  }

  private double each(long total) {
    return (double) total / releases;
  }

  public static void main(String[] args) {
    java.util.logging.LogManager.getLogManager().reset();
    int services = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int releases = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    new ScaleRun(services, releases, MONTH).run().tell(System.out);
  }
}
