package dev.slipway.pipeline;

import dev.slipway.ledger.View;
import dev.slipway.release.Cleanup;
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
import java.util.List;
import java.util.Optional;

/** Deletes old revisions of a service in one region, and tags that candidates left there. */
public final class OldRevisions {

  private static final Logger LOG = System.getLogger(OldRevisions.class.getName());

  /** In one tick. */
  private static final int MAX_DELETED = 10;

  private final Journal journal;
  private final Platform platform;
  private final Cleanup policy;
  private final Clock clock;

  /** Where services are, and what they pile up. */
  public record Platform(Services services, Revisions revisions) {}

  public OldRevisions(Journal journal, Platform platform, Cleanup policy, Clock clock) {
    this.journal = journal;
    this.platform = platform;
    this.policy = policy;
    this.clock = clock;
  }

  /** Tidies up after a release. */
  public void tidy(ReleaseId ended) {
    ServiceName name = ended.service();
    List<Cleanup.Kept> revisions = platform.revisions().list(name);
    Optional<ServiceState> state = platform.services().read(name, ended.revision());
    // After the platform, as everywhere: a rollout that began meanwhile shows.
    View view = journal.view(ended);
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
