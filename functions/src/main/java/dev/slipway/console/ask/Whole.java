package dev.slipway.console.ask;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/**
 * A release with every event of its and its service.
 *
 * @param others its service's live release, the one before and the one on its way, as far as they
 *     are not this one
 * @param events oldest first
 */
public record Whole(
    Release release, ServiceRecord service, List<Release> others, List<Event> events) {

  public Whole {
    others = List.copyOf(others);
    events = List.copyOf(events);
  }

  /** The build submitted last. */
  public Optional<String> buildId() {
    return events.reversed().stream()
        .map(Event::event)
        .filter(ReleaseEvent.BuildSubmitted.class::isInstance)
        .map(event -> ((ReleaseEvent.BuildSubmitted) event).buildId())
        .findFirst();
  }
}
