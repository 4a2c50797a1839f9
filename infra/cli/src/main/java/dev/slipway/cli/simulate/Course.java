package dev.slipway.cli.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The course of things: workers take turns, what is due happens, and between them time passes. */
final class Course {

  private final VirtualClock clock;
  private final Agenda agenda;
  private final Crew crew;
  private final Luck luck;
  private final Witness witness;

  Course(VirtualClock clock, Agenda agenda, Crew crew, Luck luck, Witness witness) {
    this.clock = clock;
    this.agenda = agenda;
    this.crew = crew;
    this.luck = luck;
    this.witness = witness;
  }

  /** Lets everything happen that happens in the next so long. */
  void run(Duration span) {
    Instant end = clock.now().plus(span);
    while (true) {
      if (crew.step()) {
        clock.advance(Duration.ofMillis(1 + luck.below(150)));
        witness.look(clock.now());
      } else {
        Optional<Instant> next = next();
        if (next.isEmpty() || next.get().isAfter(end)) {
          clock.until(end);
          return;
        }
        clock.until(next.get());
      }
      agenda.happen();
    }
  }

  /** Whether nobody works and nothing is to happen. */
  boolean isAtRest() {
    return crew.isIdle() && agenda.isEmpty();
  }

  private Optional<Instant> next() {
    return Stream.of(agenda.next(), crew.wakes())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
