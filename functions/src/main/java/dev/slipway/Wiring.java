package dev.slipway;

import dev.slipway.console.JsonApi;
import dev.slipway.notify.Notice;
import dev.slipway.notify.Notifier;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Commands;
import dev.slipway.pipeline.Housekeeping;
import dev.slipway.pipeline.Instruments;
import dev.slipway.pipeline.Intake;
import dev.slipway.pipeline.Inventory;
import dev.slipway.pipeline.Journal;
import dev.slipway.pipeline.Observer;
import dev.slipway.pipeline.Patience;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Retelling;
import dev.slipway.pipeline.Strays;
import dev.slipway.pipeline.Sweep;
import dev.slipway.release.Policy;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts the functions together: what needs what, and nothing else. */
public final class Wiring {

  /** The wiring of this process, made by whichever function is constructed first. */
  private static final class Shared {
    static final Wiring INSTANCE = of(Settings.from(Environment.read()));
  }

  /** Cloud Run takes seconds to bring up a revision or move traffic: worth waiting out. */
  private static final Patience CLOUD =
      new Patience(Duration.ofSeconds(1), 60, Wiring::pause);

  private static final Patience LAPTOP =
      new Patience(Duration.ofMillis(40), 250, Wiring::pause);

  private final Settings settings;
  private final Ports ports;
  private final Advance.Context context;
  private final Instruments instruments;

  public Wiring(Settings settings, Ports ports, Advance.Context context) {
    this.settings = settings;
    this.ports = ports;
    this.context = context;
    instruments =
        new Instruments(
            (service, rollout, windows) -> ports.metrics().read(service, rollout, windows),
            (service, rollout, since) -> ports.logs().read(service, rollout, since),
            context.policy().gate(),
            context.clock());
  }

  static Wiring shared() {
    return Shared.INSTANCE;
  }

  /** The wiring on Google's clients, of the cloud the settings name. */
  private static Wiring of(Settings settings) {
    Clock clock = Clock.systemUTC();
    Policy policy = settings.policy().map(PolicyDocument::read).orElse(Policy.DEFAULT);
    Patience patience = settings.laptop().isPresent() ? LAPTOP : CLOUD;
    return new Wiring(
        settings,
        new GooglePorts(settings, clock),
        new Advance.Context(policy, clock, patience));
  }

  /** What plans releases in the cloud the settings name, by their policy. */
  public static Planning planning(Settings settings) {
    Wiring wiring = of(settings);
    Ports ports = wiring.ports;
    return new Planning(
        ports.ledger(),
        ports.services(),
        ports.rehearsal(),
        wiring.context.policy(),
        wiring.context.clock());
  }

  Settings settings() {
    return settings;
  }

  Intake intake() {
    return new Intake(ports.catalog(), ports.sources(), journal(), advance());
  }

  Advance advance() {
    return advance(context);
  }

  private Advance advance(Advance.Context with) {
    return new Advance(
        journal(),
        new Observer(ports.builds(), ports.services(), ports.jobs(), instruments),
        new Performer(
            new Performer.Making(ports.builds(), ports.images(), inventory()),
            new Performer.Serving(ports.services(), ports.smoke(), ports.jobs())),
        with);
  }

  private Inventory inventory() {
    return new Inventory(ports.images(), ports.locks(), ports.sboms(), ports.advisories());
  }

  Commands commands() {
    return new Commands(journal(), advance());
  }

  Sweep sweep() {
    Advance.Context brief =
        new Advance.Context(context.policy(), context.clock(), context.patience().less());
    Strays strays = new Strays(ports.catalog(), ports.builds(), context.clock());
    return new Sweep(
        ports.catalog(),
        ports.uploads(),
        intake(),
        advance(brief),
        List.of(
            new Sweep.Chore("builds nobody waits for", strays::stop),
            new Sweep.Chore("old revisions", housekeeping()::clean),
            new Sweep.Chore("the outbox", retelling()::retell)));
  }

  private Housekeeping housekeeping() {
    return new Housekeeping(
        ports.catalog(),
        journal(),
        new Housekeeping.Platform(ports.services(), ports.revisions()),
        context.policy().cleanup(),
        context.clock());
  }

  private Retelling retelling() {
    return new Retelling(
        ports.catalog(),
        settings.slack().isPresent() ? this::shown : id -> Long.MAX_VALUE,
        ports.outbox(),
        context.clock());
  }

  private long shown(ReleaseId id) {
    return ports.notices().find(id).map(Notice::shown).orElse(0L);
  }

  Notifier notifier() {
    return new Notifier(
        id -> ports.ledger().view(id).release(),
        ports.notices(),
        ports.announcer(),
        context.clock());
  }

  JsonApi console() {
    return new JsonApi(new LedgerReader(ports.ledger(), ports.history()));
  }

  private Journal journal() {
    return new Journal(ports.ledger(), ports.outbox(), context.clock());
  }

  private static void pause(Duration span) {
    try {
      boolean over = new CountDownLatch(1).await(span.toNanos(), TimeUnit.NANOSECONDS);
      assert !over : "nobody counts down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a platform", e);
    }
  }
}
