package dev.slipway.console.ask;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/**
 * A release with every event of its and its service.
 *
 * @param events oldest first
 */
public record Whole(Release release, ServiceRecord service, List<Event> events) {

  public Whole {
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
