package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one event changes in the ledger: the release it happens to, the other releases of the
 * service it has consequences for, and the service. It is written whole or not at all.
 *
 * @param entries the event itself first
 * @param service the service afterwards
 */
public record Change(List<Entry> entries, ServiceRecord service) {

  public Change {
    entries = List.copyOf(entries);
  }

  /**
   * One event of the audit trail.
   *
   * @param sequence its number in its release, from 1
   * @param actor who caused it: {@code slipway}, or a person
   */
  public record Entry(
      ReleaseId release, long sequence, Instant at, String actor, ReleaseEvent event, Release after) {}

  /** The change by an event that happens to a release already there. */
  public static Change of(
      Release release,
      ServiceRecord service,
      Map<ReleaseId, Release> others,
      ReleaseEvent asked,
      String actor,
      Instant at) {
    ReleaseEvent event = whole(release, service, others, asked);
    Release after = release.on(event, at);
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(after, event, actor, at));
    consequence(release, service, event)
        .ifPresent(
            c -> {
              Release other = others.get(c.release());
              if (other != null) {
                ReleaseEvent told = told(other, c.event());
                entries.add(entry(other.on(told, at), told, actor, at));
              }
            });
    ServiceRecord changed = service.on(event, after, at);
    if (event instanceof ReleaseEvent.Retried retried) {
      ReleaseEvent again = release.triedAgain();
      Release begun = Release.begin(retried.as(), again, at);
      entries.add(entry(begun, again, actor, at));
      changed = changed.on(again, begun, at);
    }
    return new Change(entries, changed);
  }

  /** Who takes the live release back goes where the rollout has been that this cancels. */
  private static ReleaseEvent whole(
      Release release,
      ServiceRecord service,
      Map<ReleaseId, Release> others,
      ReleaseEvent event) {
    if (!(event instanceof ReleaseEvent.RollbackStarted back)) {
      return event;
    }
    return service
        .slot()
        .filter(slot -> !slot.equals(release.id()))
        .flatMap(slot -> Optional.ofNullable(others.get(slot)))
        .flatMap(other -> Rollout.of(other.stage()))
        .flatMap(
            other ->
                Rollout.of(release.stage())
                    .flatMap(own -> own.regions().through(other.entered())))
        .map(back::through)
        .orElse(back);
  }

  /** One that was being rolled back itself keeps saying why. */
  private static ReleaseEvent told(Release other, ReleaseEvent event) {
    return event instanceof ReleaseEvent.Cancelled cancelled
            && other.stage() instanceof Stage.RollingBack rolling
        ? new ReleaseEvent.Cancelled(rolling.reason() + "; meanwhile " + cancelled.reason())
        : event;
  }

  /** The change by the first event of a release. */
  public static Change first(
      ReleaseId id, ServiceRecord service, ReleaseEvent event, String actor, Instant at) {
    Release release = Release.begin(id, event, at);
    return new Change(
        List.of(entry(release, event, actor, at)), service.on(event, release, at));
  }

  private static Entry entry(Release after, ReleaseEvent event, String actor, Instant at) {
    return new Entry(after.id(), after.sequence(), at, actor, event, after);
  }

  private record Consequence(ReleaseId release, ReleaseEvent event) {}

  private static Optional<Consequence> consequence(
      Release release, ServiceRecord service, ReleaseEvent event) {
    ReleaseId id = release.id();
    return switch (event) {
      case ReleaseEvent.RolloutStarted e ->
          other(id, service.slot(), new ReleaseEvent.Superseded(id));
      case ReleaseEvent.RollbackStarted e ->
          other(id, service.slot(), new ReleaseEvent.Cancelled(id + " is rolled back instead"));
      case ReleaseEvent.Promoted e -> other(id, service.live(), new ReleaseEvent.Replaced(id));
      case ReleaseEvent.RolledBack e when service.live().equals(Optional.of(id)) ->
          service
              .previous()
              .map(
                  previous ->
                      new Consequence(
                          previous,
                          new ReleaseEvent.Restored(
                              id, rollout(release).replacedBy(previous.revision(), service.epoch()))));
      default -> Optional.empty();
    };
  }

  private static Rollout rollout(Release release) {
    return ((Stage.RollingBack) release.stage()).rollout();
  }

  private static Optional<Consequence> other(
      ReleaseId id, Optional<ReleaseId> candidate, ReleaseEvent event) {
    return candidate.filter(c -> !c.equals(id)).map(c -> new Consequence(c, event));
  }
}
