package dev.slipway;

import dev.slipway.build.BuildForecasts;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.View;
import dev.slipway.release.Crate;
import dev.slipway.release.Plan;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.rollout.Regional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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

  /** What builds and serves, to be looked at only; and who may ask what serves. */
  record Platform(Regional services, BuildForecasts builds, Consultation consultation) {}

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
   * @param actor who plans
   * @throws IllegalArgumentException when the crate names a thing cargo itself would not accept
   */
  Plan of(Crate crate, String actor) {
    ServiceName service = crate.service();
    View view = books.ledger().view(Plan.idOf(service));
    // Asked first and waited for last: the rest is made meanwhile.
    Supplier<Plan.Check> opinion =
        Plan.trial(view.service(), view.others(), Optional.empty()).isPresent()
            ? platform.consultation().ask(service, actor)
            : () -> Plan.Check.NO_IMAGE;
    Plan plan =
        Plan.of(
            new Plan.Basis(
                crate,
                new Plan.Known(view.service(), view.others(), latest(service)),
                state(service, Optional.empty()),
                elsewhere(service),
                Optional.of(platform.builds().of(crate)),
                policy,
                clock.instant()));
    return plan.checked(opinion.get())
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
}
