package dev.slipway;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.View;
import dev.slipway.release.Crate;
import dev.slipway.release.Deployment;
import dev.slipway.release.Image;
import dev.slipway.release.Plan;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Rehearsal;
import dev.slipway.rollout.Services;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Says what a release of a crate would do if it were uploaded now, and does nothing of it. */
public final class Planning {

  private final Ledger ledger;
  private final Services services;
  private final Rehearsal rehearsal;
  private final Policy policy;
  private final Clock clock;

  public Planning(
      Ledger ledger, Services services, Rehearsal rehearsal, Policy policy, Clock clock) {
    this.ledger = ledger;
    this.services = services;
    this.rehearsal = rehearsal;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The plan for one crate of an archive that was checked. Cloud Run is asked to check the change
   * with the image that serves now; without one there is nothing it could be asked about.
   */
  public Plan of(Crate crate) {
    ReleaseId id = Plan.idOf(crate.service());
    View view = ledger.view(id);
    Optional<ServiceState> state = services.read(crate.service(), id.revision());
    Plan plan =
        Plan.of(
            new Plan.Basis(
                crate, view.service(), view.others(), state, policy, clock.instant()));
    return plan.objected(
        live(view).flatMap(Release::image).flatMap(image -> objection(id, state, image, plan)));
  }

  private static Optional<Release> live(View view) {
    return view.service().live().flatMap(id -> Optional.ofNullable(view.others().get(id)));
  }

  private Optional<String> objection(
      ReleaseId id, Optional<ServiceState> state, Image image, Plan plan) {
    long epoch = state.map(ServiceState::epoch).orElse(0L);
    List<Traffic.Share> kept = plan.before();
    return rehearsal.objection(state, new Deployment(id, image.reference(), epoch, kept));
  }
}
