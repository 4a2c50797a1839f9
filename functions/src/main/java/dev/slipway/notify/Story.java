package dev.slipway.notify;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ServiceRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger has on a release, as of one event.
 *
 * @param service the release's service
 * @param events what happened, oldest first
 */
public record Story(Release release, ServiceRecord service, List<Event> events) {

  /** One event; {@code actor} caused it, {@code slipway} or a person. */
  public record Event(long sequence, Instant at, String actor, ReleaseEvent event) {}

  /** Leaves out events that came after the release was read: their turn is the next reading's. */
  public Story {
    events =
        events.stream()
            .filter(event -> event.sequence() <= release.sequence())
            .sorted(Comparator.comparingLong(Event::sequence))
            .toList();
  }

  long sequence() {
    return release.sequence();
  }

  Optional<Event> event(long sequence) {
    return events.stream().filter(event -> event.sequence() == sequence).findFirst();
  }

  /** The label of the stage an event led to. */
  String stageAfter(Event event) {
    int index = (int) event.sequence() - 1;
    return index < release.history().size() ? release.history().get(index).stage() : "";
  }

  /** The gravest of what happened. */
  Severity severity() {
    return events.stream()
        .map(event -> Severity.of(event.event()))
        .max(Comparator.naturalOrder())
        .orElse(Severity.INFO);
  }
}
