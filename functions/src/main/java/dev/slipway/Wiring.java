package dev.slipway;

import dev.slipway.notify.Notice;
import dev.slipway.notify.Notifier;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Commands;
import dev.slipway.pipeline.Intake;
import dev.slipway.pipeline.Journal;
import dev.slipway.pipeline.Observer;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Retelling;
import dev.slipway.pipeline.Sweep;

/** Puts the functions together: what needs what, and nothing else. */
public final class Wiring {

  /** The wiring of this process, made by whichever function is constructed first. */
  private static final class Shared {
    static final Wiring INSTANCE = GooglePorts.wire(Settings.from(Environment.read()));
  }

  private final Settings settings;
  private final Ports ports;
  private final Advance.Context context;

  public Wiring(Settings settings, Ports ports, Advance.Context context) {
    this.settings = settings;
    this.ports = ports;
    this.context = context;
  }

  static Wiring shared() {
    return Shared.INSTANCE;
  }

  Settings settings() {
    return settings;
  }

  Intake intake() {
    return new Intake(ports.catalog(), ports.sources(), journal(), advance());
  }

  Advance advance() {
    return new Advance(
        journal(),
        new Observer(ports.builds(), ports.services()),
        new Performer(ports.builds(), ports.images(), ports.services(), ports.smoke()),
        context);
  }

  Commands commands() {
    return new Commands(journal(), advance());
  }

  Sweep sweep() {
    return new Sweep(ports.catalog(), ports.uploads(), intake(), advance(), retelling());
  }

  private Retelling retelling() {
    return new Retelling(
        ports.catalog(),
        id -> ports.notices().find(id).map(Notice::shown).orElse(0L),
        ports.outbox(),
        context.clock());
  }

  Notifier notifier() {
    return new Notifier(
        id -> ports.ledger().view(id).release(),
        ports.notices(),
        ports.announcer(),
        context.clock());
  }

  private Journal journal() {
    return new Journal(ports.ledger(), ports.outbox(), context.clock());
  }
}
