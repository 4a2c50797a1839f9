package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.View;
import dev.slipway.release.Cleanup;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Revisions;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.StaleServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes old revisions, and tags that candidates left, of services a release of which ended. */
public final class Housekeeping {

  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

  /** Past it, the next release of the service will do. */
  private static final Duration STALE = Duration.ofHours(2);

  /** In one tick. */
  private static final int MAX_DELETED = 10;

  private final Catalog catalog;
  private final Journal journal;
  private final Platform platform;
  private final Cleanup policy;
  private final Clock clock;

  /** Where services are, and what they pile up. */
  public record Platform(Services services, Revisions revisions) {}

  public Housekeeping(
      Catalog catalog, Journal journal, Platform platform, Cleanup policy, Clock clock) {
    this.catalog = catalog;
    this.journal = journal;
    this.platform = platform;
    this.policy = policy;
    this.clock = clock;
  }

  /** Goes round the services whose time it is. */
  public void clean() {
    Instant now = clock.instant();
    Map<ServiceName, ReleaseId> due = new LinkedHashMap<>();
    for (Release release : catalog.movedSince(now.minus(STALE))) {
      if (!release.isActive() && isDue(Duration.between(release.since(), now))) {
        due.put(release.id().service(), release.id());
      }
    }
    due.values().forEach(this::tidy);
  }

  /** In the minutes 1, 2, 4, 8 and so on: not each tick asks for every revision. */
  private static boolean isDue(Duration age) {
    return Long.bitCount(age.toMinutes()) == 1;
  }

  private void tidy(ReleaseId release) {
    ServiceName name = release.service();
    List<Cleanup.Kept> revisions = platform.revisions().list(name);
    Optional<ServiceState> state = platform.services().read(name, release.revision());
    // After the platform, as everywhere: a rollout that began meanwhile shows.
    View view = journal.view(release);
    state.ifPresent(
        service -> {
          untag(view.service(), service);
          policy.removable(view.service(), service, revisions, clock.instant()).stream()
              .limit(MAX_DELETED)
              .forEach(old -> delete(name, old));
        });
  }

  private void untag(ServiceRecord service, ServiceState state) {
    Optional<Traffic> without = Cleanup.withoutStaleTag(service, state);
    if (without.isEmpty()) {
      return;
    }
    try {
      platform.services().shift(state, without.get());
      LOG.log(Level.INFO, "took the candidate tag off {0}, which nobody needs", service.name());
    } catch (StaleServiceException e) {
      LOG.log(Level.INFO, "{0} changed meanwhile; its tag is left to a later tick", service.name());
    }
  }

  private void delete(ServiceName service, String revision) {
    boolean deleted = platform.revisions().delete(service, revision);
    LOG.log(
        Level.INFO,
        deleted ? "deleted the old revision {0}" : "the platform keeps the old revision {0}",
        revision);
  }
}
