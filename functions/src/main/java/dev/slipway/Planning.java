package dev.slipway;

import dev.slipway.build.BuildForecasts;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.View;
import dev.slipway.release.Crate;
import dev.slipway.release.Deployment;
import dev.slipway.release.Plan;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Rehearsal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Says what a release of a crate would do if it were uploaded now, and does nothing of it. */
final class Planning {

  /** So many of its latest releases are looked through for a build of the same kind. */
  private static final int LATEST = 20;

  private final Books books;
  private final Platform platform;
  private final Policy policy;
  private final Clock clock;

  /** What is known of releases. */
  record Books(Ledger ledger, History history) {}

  /** What builds and serves, to be looked at only. */
  record Platform(Regional services, Rehearsal rehearsal, BuildForecasts builds) {}

  Planning(Books books, Platform platform, Policy policy, Clock clock) {
    this.books = books;
    this.platform = platform;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The plan for one crate of an archive that was checked. Cloud Run is asked to check the change
   * with the image that serves now; without one there is nothing it could be asked about.
   *
   * @throws IllegalArgumentException when the crate names a thing cargo itself would not accept
   */
  Plan of(Crate crate) {
    ReleaseId id = Plan.idOf(crate.service());
    View view = books.ledger().view(id);
    Optional<ServiceState> state = state(crate.service(), Optional.empty());
    Plan plan =
        Plan.of(
            new Plan.Basis(
                crate,
                new Plan.Known(view.service(), view.others(), latest(crate.service())),
                state,
                elsewhere(crate.service()),
                Optional.of(platform.builds().of(crate)),
                policy,
                clock.instant()));
    return plan.checked(check(view, id, state, plan))
        .refused(platform.builds().refusal(crate).stream().toList());
  }

  private Optional<ServiceState> state(ServiceName service, Optional<String> region) {
    return platform.services().in(region).read(service, Plan.idOf(service).revision());
  }

  private List<Release> latest(ServiceName service) {
    return books.history().releases(Optional.of(service), Optional.empty(), LATEST);
  }

  private List<Plan.There> elsewhere(ServiceName service) {
    return policy.pace().regions().stream()
        .skip(1)
        .map(region -> Plan.There.of(region, state(service, Optional.of(region))))
        .toList();
  }

  private Plan.Check check(
      View view, ReleaseId id, Optional<ServiceState> state, Plan plan) {
    return view.service()
        .live()
        .flatMap(live -> Optional.ofNullable(view.others().get(live)))
        .flatMap(Release::image)
        .map(
            image ->
                platform
                    .rehearsal()
                    .rehearse(
                        state,
                        new Deployment(
                            id,
                            image.reference(),
                            state.map(ServiceState::epoch).orElse(0L),
                            plan.before())))
        .orElseGet(() -> Plan.Check.unasked("there is no image yet that it could check"));
  }
}
