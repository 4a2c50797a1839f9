package dev.slipway.cli.simulate;

import dev.slipway.notify.NotSaidException;
import dev.slipway.pipeline.ContendedException;
import dev.slipway.release.IllegalTransitionException;

/** How messages reach the functions: mostly once and soon, until all is calm. */
final class Deliveries {

  /** So often a message comes again whose delivery failed. */
  static final int REDELIVERIES = 4;

  private final Crew crew;
  private final Agenda agenda;
  private final Turmoil turmoil;
  private final Luck luck;
  private final Notes notes;

  Deliveries(Crew crew, Agenda agenda, Turmoil turmoil, Luck luck, Notes notes) {
    this.crew = crew;
    this.agenda = agenda;
    this.turmoil = turmoil;
    this.luck = luck;
    this.notes = notes;
  }

  /** A message as they are delivered: it may be lost, doubled and late. */
  void message(String name, Runnable work) {
    int copies = copies();
    if (copies == 0) {
      notes.tally().count("messages lost");
      notes.story().tell(() -> "  the message is lost: " + name);
    }
    notes.tally().add("messages doubled", Math.max(0, copies - 1));
    for (int i = 0; i < copies; i++) {
      boolean late = luck.chance(200) && !turmoil.isCalm();
      if (late) {
        notes.tally().count("messages late");
      }
      agenda.later(
          late ? luck.seconds(30, 900) : luck.seconds(0, 5),
          () -> invoke(name, work, REDELIVERIES));
    }
  }

  private int copies() {
    int drawn = luck.below(100);
    if (turmoil.isCalm()) {
      return 1;
    }
    return drawn < 12 ? 0 : drawn < 75 ? 1 : 2 + luck.below(3);
  }

  /** A worker for one delivery; one that dies or gives up has it delivered again. */
  void invoke(String name, Runnable work, int redeliveries) {
    notes.tally().count("invocations");
    notes.story().tell(() -> "> " + name);
    crew.begin(
        () -> {
          try {
            work.run();
          } catch (IllegalTransitionException bug) {
            throw bug;
          } catch (Faults.Crash
              | IllegalStateException
              | ContendedException
              | NotSaidException e) {
            notes.story().tell(() -> "  %s failed: %s".formatted(name, e.getMessage()));
            if (redeliveries > 0) {
              agenda.later(luck.seconds(10, 300), () -> invoke(name, work, redeliveries - 1));
            }
          }
        });
  }
}
