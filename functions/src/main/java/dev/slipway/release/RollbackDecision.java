package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What comes next for a release that is being taken out of traffic. */
final class RollbackDecision {

  private RollbackDecision() {}

  static Step rollingBack(Situation s, Stage.RollingBack stage) {
    if (!(s.observation() instanceof Observation.OfService(Optional<ServiceState> service))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    Optional<String> target = target(s.service(), s.id(), stage.rollout());
    if (service.isEmpty() || target.isEmpty()) {
      String why =
          stage.rollout().regions().begun() ? "nothing served there before" : "nothing was changed there";
      return RegionDecision.before(stage.rollout(), Optional.empty(), why)
          .orElseGet(
              () ->
                  new Step.Note(
                      RolloutDecision.failed(stage.reason(), "nothing to go back to")));
    }
    if (isLive(s.service(), s.id()) && stage.rollout().regions().foreignBaseline().isEmpty()) {
      return fromLive(s, stage, service.get(), target.get());
    }
    Step towards = towards(stage, service.get(), target.get());
    if (!(towards instanceof Step.Wait) || !isOverdue(s, stage)) {
      return towards;
    }
    String why = target.get() + ", which served before, does not serve again";
    return RegionDecision.before(stage.rollout(), Optional.empty(), why)
        .orElseGet(
            () ->
                new Step.Note(
                    new ReleaseEvent.Failed("%s; and %s".formatted(stage.reason(), why))));
  }

  /** Each region has its own time. */
  private static boolean isOverdue(Situation s, Stage.RollingBack stage) {
    Instant began =
        stage.rollout().region().isPresent() ? s.release().since() : s.release().inStageSince();
    Duration since = Duration.between(began, s.now());
    return since.compareTo(s.policy().pace().candidateDeadline()) > 0;
  }

  private static boolean isLive(ServiceRecord service, ReleaseId id) {
    return service.live().equals(Optional.of(id));
  }

  /**
   * From live, the release before, but what served there where only a cancelled rollout has been; from
   * a rollout, what served when it began.
   */
  static Optional<String> target(ServiceRecord service, ReleaseId id, Rollout rollout) {
    return isLive(service, id)
        ? rollout.regions().foreignBaseline().or(() -> service.previous().map(ReleaseId::revision))
        : rollout.baseline();
  }

  /**
   * What it goes back to has not served for a while: its revision may be gone, or not start any
   * more. Users keep the live one until the other can serve.
   */
  private static Step fromLive(
      Situation s, Stage.RollingBack stage, ServiceState service, String target) {
    Optional<ServiceState.Revision> revision =
        service.candidate().filter(found -> found.name().equals(target));
    if (revision.isEmpty()) {
      return restore(s, stage, service, target);
    }
    return switch (revision.get().readiness()) {
      case ServiceState.Readiness.Ready r -> towards(stage, service, target);
      case ServiceState.Readiness.Starting r ->
          isOverdue(s, stage)
              ? refused(stage, target + " does not start again")
              : new Step.Wait(target + " is starting again", true);
      case ServiceState.Readiness.Broken r ->
          refused(stage, "%s cannot serve any more: %s".formatted(target, r.why()));
    };
  }

  /** Makes the revision again, without traffic, from the image the ledger has. */
  private static Step restore(
      Situation s, Stage.RollingBack stage, ServiceState service, String target) {
    Optional<Release> previous =
        s.service().previous().flatMap(id -> Optional.ofNullable(s.others().get(id)));
    if (service.epoch() > stage.rollout().epoch()) {
      return new Step.Wait("a later rollout has the service", false);
    }
    return previous
        .flatMap(Release::image)
        .<Step>map(
            image ->
                new Step.Deploy(
                    stage.rollout().region(),
                    Optional.of(service),
                    new Deployment(
                        previous.get().id(),
                        image.reference(),
                        stage.rollout().epoch(),
                        Traffic.sharesOf(service))))
        .orElseGet(
            () -> refused(stage, "%s is gone, and the ledger has no image of it".formatted(target)));
  }

  /**
   * Past the first of several regions there is no staying as it was; and one it never had is no reason
   * to stay in its own.
   */
  private static Step refused(Stage.RollingBack stage, String why) {
    Regions regions = stage.rollout().regions();
    if (regions.isForeign() || !regions.isFirstBack()) {
      return RegionDecision.before(stage.rollout(), Optional.empty(), why)
          .orElseGet(
              () ->
                  new Step.Note(
                      new ReleaseEvent.Failed(
                          "%s; %s; other regions went back".formatted(stage.reason(), why))));
    }
    return new Step.Note(
        new ReleaseEvent.RollbackRefused(
            "%s; it goes on serving, for %s. Upload what should serve instead"
                .formatted(stage.reason(), why)));
  }

  private static Step towards(Stage.RollingBack stage, ServiceState service, String target) {
    Rollout rollout = stage.rollout();
    ReleaseEvent back =
        rollout.regions().done().isEmpty()
            ? new ReleaseEvent.RolledBack(target)
            : new ReleaseEvent.RegionRestored(
                rollout.region().orElseThrow(), Optional.of(target), "");
    return RolloutDecision.towards(
        rollout, service, Traffic.all(target, rollout.epoch()), back);
  }
}
