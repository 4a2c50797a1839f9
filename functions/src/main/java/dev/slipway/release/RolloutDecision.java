package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What comes next for a release whose candidate is being tried. */
final class RolloutDecision {

  private RolloutDecision() {}

  static Step candidate(Situation s, Stage.Candidate stage) {
    if (s.observation() instanceof Observation.OfJob(Optional<JobState> job)) {
      return isLate(s, stage)
          ? giveUp(s, stage.rollout(), "its job did not end in time")
          : JobDecision.preparing(s, stage, job);
    }
    if (!(s.observation() instanceof Observation.OfService(Optional<ServiceState> found))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    Rollout rollout = stage.rollout();
    if (isLate(s, stage) && !rollout.regions().begun()) {
      return giveUp(s, rollout, found.map(SlotDecision::unlikeLeft).orElse("no service to look at"));
    }
    if (!rollout.regions().begun()) {
      return RegionDecision.entering(s, rollout, found);
    }
    if (isLate(s, stage)) {
      long seconds = s.policy().pace().candidateDeadline().toSeconds();
      String why = "not ready within " + seconds + " seconds";
      return giveUp(s, rollout, isReady(found) ? why : unreached(s, why));
    }
    if (found.isEmpty() || found.get().candidate().isEmpty()) {
      return new Step.Deploy(rollout.region(), found, deployment(s, rollout));
    }
    ServiceState service = found.get();
    return switch (service.candidate().get().readiness()) {
      case ServiceState.Readiness.Broken b ->
          giveUp(s, rollout, stage.smoked() ? b.why() : unreached(s, b.why()));
      case ServiceState.Readiness.Starting b -> new Step.Wait("the candidate is starting", true);
      case ServiceState.Readiness.Ready b ->
          stage.smoked() ? smoked(s, stage, service) : smoke(s, rollout, service);
    };
  }

  private static boolean isReady(Optional<ServiceState> found) {
    return found
        .flatMap(ServiceState::candidate)
        .filter(revision -> revision.readiness() instanceof ServiceState.Readiness.Ready)
        .isPresent();
  }

  /** A job has time of its own. */
  private static boolean isLate(Situation s, Stage.Candidate stage) {
    Duration job =
        JobDecision.args(s.release()).isEmpty() ? Duration.ZERO : s.policy().job().deadline();
    Duration most = s.policy().pace().candidateDeadline().plus(job);
    return Duration.between(stage.since(), s.now()).compareTo(most) > 0;
  }

  private static Deployment deployment(Situation s, Rollout rollout) {
    return new Deployment(
        s.id(),
        s.release().image().orElseThrow().reference(),
        rollout.epoch(),
        rollout.baseline().map(stable -> List.of(new Traffic.Share(stable, 100))).orElse(List.of()));
  }

  private static Step smoke(Situation s, Rollout rollout, ServiceState service) {
    SmokeTest test = s.policy().smokeOf(s.release().crate().orElseThrow());
    return service
        .tagUri(rollout.revision())
        .<Step>map(
            uri ->
                new Step.RunSmoke(s, uri, service.uri(), test, s.policy().pace().warmup()))
        .orElseGet(
            () ->
                service.settled()
                    ? new Step.Deploy(rollout.region(), Optional.of(service), deployment(s, rollout))
                    : new Step.Wait("the candidate's tag has no URL yet", true));
  }

  static ReleaseEvent smokeEvent(Situation s, SmokeResult result) {
    Rollout rollout = ((Stage.Candidate) s.release().stage()).rollout();
    return switch (result) {
      case SmokeResult.Failed r -> abandon(s, rollout, "smoke test: " + r.why());
      case SmokeResult.Passed r ->
          s.policy()
              .smoke()
              .tooSlow(r.first().toMillis(), stableFirstMillis(s))
              .map(why -> abandon(s, rollout, "smoke test: " + why))
              .orElseGet(() -> stopped(s, rollout, r));
    };
  }

  /** It answers well; whether it also ends well, its build has tried. */
  private static ReleaseEvent stopped(Situation s, Rollout rollout, SmokeResult.Passed passed) {
    SmokeTest test = s.policy().smoke();
    Optional<Finding> fault = trialRun(s).flatMap(test::deaf);
    return fault.isPresent() && test.sigterm() == Reaction.BLOCK
        ? abandon(s, rollout, "smoke test: " + fault.get())
        : new ReleaseEvent.SmokePassed(
            passed.requests(), passed.first().toMillis(), fault.map(List::of).orElse(List.of()));
  }

  private static Optional<TrialRun> trialRun(Situation s) {
    return s.release().report().flatMap(BuildReport::trialRun);
  }

  /** Cloud Run says no more than that nothing listened; where it did is known from the build. */
  private static String unreached(Situation s, String why) {
    String warned = Unheard.in(s.release(), why);
    if (!warned.equals(why)) {
      return warned;
    }
    return trialRun(s)
        .flatMap(TrialRun::unreachable)
        .filter(place -> !why.contains("not on 0.0.0.0:$PORT"))
        .map(place -> besides(why, "as it was when its build tried it: " + place))
        .orElse(why);
  }

  private static Optional<Long> stableFirstMillis(Situation s) {
    return s.otherLive().flatMap(live -> live.journey().firstMillis());
  }

  private static Step smoked(Situation s, Stage.Candidate stage, ServiceState service) {
    Rollout rollout = stage.rollout();
    if (rollout.baseline().isEmpty()) {
      return towards(
          rollout,
          service,
          Traffic.all(rollout.revision(), rollout.epoch()),
          // With nothing to go back to, there is nothing to watch it for.
          RegionDecision.reached(
              rollout,
              new ReleaseEvent.Promoted(
                  true, rollout.canGoBack() ? s.policy().pace().watch() : Duration.ZERO)));
    }
    return towardsStep(
        s, rollout, service, nextStep(s, -1, stage.haste()), Optional.empty());
  }

  static Step canary(Situation s, Stage.Canary stage) {
    if (!(s.observation()
        instanceof Observation.OfTraffic(Optional<ServiceState> found, Evidence evidence))) {
      return new Step.Wait("the service has not been looked at", true);
    }
    if (found.isEmpty()) {
      return new Step.Note(new ReleaseEvent.Failed("the service was deleted"));
    }
    ServiceState service = found.get();
    Rollout rollout = stage.rollout();
    if (service.candidate().map(ServiceState.Revision::readiness).orElse(null)
        instanceof ServiceState.Readiness.Broken(String why)) {
      return giveUp(s, rollout, why);
    }
    boolean asLeft = split(rollout, stage.percent()).isAskedOf(service);
    int next = nextStep(s, stage.step(), stage.haste());
    boolean movedOn =
        isAsked(s, rollout, service, next) || isAsked(s, rollout, service, stage.step() + 1);
    if (!asLeft && !movedOn) {
      return new Step.Note(new ReleaseEvent.Paused("the traffic was changed by someone else"));
    }
    if (isAsked(s, rollout, service, next) && service.settled() && !service.servesAsAsked()) {
      return new Step.Note(
          new ReleaseEvent.Paused("Cloud Run took the next step's traffic and does not serve it"));
    }
    GateDecision.Ruling ruling =
        GateDecision.of(
            s.policy().gate(), stage.since(), s.policy().pace().hold(), s.now(), evidence);
    boolean urged = stage.haste() != Haste.NONE;
    if (urged || (movedOn && ruling.action() != GateDecision.Action.GIVE_UP)) {
      return towardsStep(s, rollout, service, next, ruling.verdict());
    }
    String why = "at %d%%: %s".formatted(stage.percent(), ruling.why());
    return switch (ruling.action()) {
      case GO_ON -> towardsStep(s, rollout, service, next, ruling.verdict());
      case WAIT -> new Step.Wait(why, false);
      case SAMPLE -> sample(s, rollout, service, why);
      case PAUSE -> new Step.Note(new ReleaseEvent.Paused(why, ruling.verdict()));
      case GIVE_UP -> new Step.Note(abandon(s, rollout, why, ruling.verdict()));
    };
  }

  private static Step sample(Situation s, Rollout rollout, ServiceState service, String why) {
    SmokeTest test =
        s.policy()
            .smokeOf(s.release().crate().orElseThrow())
            .times(s.policy().gate().sampling().syntheticRequests());
    return service
        .tagUri(rollout.revision())
        .<Step>map(uri -> new Step.Sample(uri, service.uri(), test))
        .orElse(new Step.Wait(why, false));
  }

  private static boolean isAsked(Situation s, Rollout rollout, ServiceState service, int step) {
    return split(rollout, s.policy().pace().percentOf(step)).isAskedOf(service);
  }

  private static int nextStep(Situation s, int step, Haste haste) {
    return haste == Haste.ALL ? s.policy().pace().steps().size() - 1 : step + 1;
  }

  private static Step towardsStep(
      Situation s, Rollout rollout, ServiceState service, int step, Optional<Verdict> verdict) {
    int percent = s.policy().pace().percentOf(step);
    ReleaseEvent reached =
        percent == 100
            ? RegionDecision.reached(
                rollout, new ReleaseEvent.Promoted(false, s.policy().pace().watch(), verdict))
            : new ReleaseEvent.StepReached(step, percent, verdict);
    return towards(rollout, service, split(rollout, percent), reached);
  }

  static Traffic split(Rollout rollout, int percent) {
    return percent == 100
        ? Traffic.all(rollout.revision(), rollout.epoch())
        : Traffic.canary(
            rollout.baseline().orElseThrow(), rollout.revision(), percent, rollout.epoch());
  }

  /** Asks for a split, waits for it, and once it is in force writes {@code reached} down. */
  static Step towards(
      Rollout rollout, ServiceState service, Traffic traffic, ReleaseEvent reached) {
    if (service.epoch() > traffic.epoch()) {
      return new Step.Wait("a later rollout has the service", false);
    }
    if (!traffic.isAskedOf(service)) {
      return new Step.Shift(rollout.region(), service, traffic);
    }
    return service.settled() && traffic.isServedBy(service)
        ? new Step.Note(reached)
        : new Step.Wait("the traffic is on its way", true);
  }

  static Step giveUp(Situation s, Rollout rollout, String why) {
    return new Step.Note(abandon(s, rollout, why));
  }

  private static ReleaseEvent abandon(Situation s, Rollout rollout, String why) {
    return abandon(s, rollout, why, Optional.empty());
  }

  /** What a program printed can be part of why: what is ours to say has a line of its own then. */
  static ReleaseEvent failed(String why, String besides) {
    return new ReleaseEvent.Failed(besides(why, besides));
  }

  private static String besides(String why, String besides) {
    return why + (why.contains("\n") ? "\n(" : " (") + besides + ")";
  }

  private static ReleaseEvent abandon(
      Situation s, Rollout rollout, String why, Optional<Verdict> verdict) {
    return rollout.canGoBack()
        ? new ReleaseEvent.RollbackStarted(
            rollout.named(why), s.service().nextEpoch(), Optional.empty(), verdict)
        : failed(why, "a first release: nothing to go back to");
  }
}
