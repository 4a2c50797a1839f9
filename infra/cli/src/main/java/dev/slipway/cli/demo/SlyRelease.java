package dev.slipway.cli.demo;

import dev.slipway.ledger.Recorded;
import dev.slipway.release.ReleaseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a release that was caught in its canary did to users.
 *
 * @param exposed for how long it had any
 * @param sent what all users asked in that time
 * @param failed how many of them failed
 */
record SlyRelease(Duration exposed, long sent, long failed) {

  /** Of a hundred users' requests so many failed. */
  double percent() {
    return sent == 0 ? 0 : 100.0 * failed / sent;
  }

  static SlyRelease of(List<Recorded> events, List<LoadGenerator.Answer> answers) {
    Optional<Instant> from = time(events, ReleaseEvent.StepReached.class);
    Optional<Instant> to = time(events, ReleaseEvent.RolledBack.class);
    if (from.isEmpty() || to.isEmpty()) {
      return new SlyRelease(Duration.ZERO, 0, 0);
    }
    List<LoadGenerator.Answer> meanwhile =
        answers.stream()
            .filter(a -> !a.at().isBefore(from.get()) && a.at().isBefore(to.get()))
            .toList();
    return new SlyRelease(
        Duration.between(from.get(), to.get()), meanwhile.size(), Points.failed(meanwhile));
  }

  private static Optional<Instant> time(List<Recorded> events, Class<? extends ReleaseEvent> type) {
    return events.stream().filter(e -> type.isInstance(e.event())).map(Recorded::at).findFirst();
  }
}
