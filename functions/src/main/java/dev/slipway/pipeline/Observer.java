package dev.slipway.pipeline;

import dev.slipway.build.Builds;
import dev.slipway.ledger.View;
import dev.slipway.release.BuildState;
import dev.slipway.release.Decision;
import dev.slipway.release.Observation;
import dev.slipway.release.Regions;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.Stage;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Regional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from the platforms what the decision in a stage rests on. */
public final class Observer {

  private final Builds builds;
  private final Regional services;
  private final Jobs jobs;
  private final Instruments instruments;

  public Observer(Builds builds, Regional services, Jobs jobs, Instruments instruments) {
    this.builds = builds;
    this.services = services;
    this.jobs = jobs;
    this.instruments = instruments;
  }

  Observation observe(View view, Release release) {
    return switch (release.stage()) {
      case Stage.Received s ->
          release.journey().origin().isPresent()
              ? new Observation.Nothing()
              : new Observation.OfBuilds(builds.find(release.id()));
      case Stage.BuildQueued s -> new Observation.OfBuilds(builds.find(release.id()));
      case Stage.BuildLost s -> new Observation.OfBuilds(builds.find(release.id()));
      case Stage.Building s -> new Observation.OfBuilds(known(release, s.buildId()));
      case Stage.Built s -> service(release);
      case Stage.Queued s -> service(release);
      case Stage.Held s -> service(release);
      case Stage.Candidate s ->
          Decision.awaitsJob(release)
              ? new Observation.OfJob(jobs.findJob(release.id()))
              : onWalk(
                  release, s.rollout(), service(release, s.rollout(), release.id().revision()));
      case Stage.Canary s ->
          onWalk(release, s.rollout(), traffic(release, s.rollout(), s.since()));
      case Stage.AwaitingApproval s -> service(release);
      case Stage.RollingBack s ->
          service(
              release,
              s.rollout(),
              Decision.rollbackTarget(view.service(), release.id(), s));
      case Stage.Watching s -> watched(release, s);
      case Stage.Paused s ->
          onWalk(release, s.rollout(), service(release, s.rollout(), release.id().revision()));
      case Stage.Settled s ->
          Decision.mayLeaveABuild(s)
              ? new Observation.OfBuilds(builds.find(release.id()))
              : new Observation.Nothing();
    };
  }

  /** The list by tag may lag behind; the build whose id is known is asked for by it. */
  private List<BuildState> known(Release release, String buildId) {
    List<BuildState> found = new ArrayList<>(builds.find(release.id()));
    if (found.stream().noneMatch(b -> b.id().equals(buildId))) {
      builds.get(buildId).ifPresent(found::add);
    }
    return found;
  }

  private Observation service(Release release) {
    return new Observation.OfService(
        services.in(Optional.empty()).read(release.id().service(), release.id().revision()));
  }

  private Observation watched(Release release, Stage.Watching stage) {
    List<Rollout> regions = stage.rollout().everywhere();
    return regions.size() == 1
        ? traffic(release, stage.rollout(), stage.since())
        : new Observation.OfRegions(
            regions.stream().map(each -> region(release, each, stage.since())).toList());
  }

  /** Together with the regions behind it, of which it is known since when they are. */
  private Observation onWalk(Release release, Rollout rollout, Observation here) {
    List<Observation.InRegion> behind = new ArrayList<>();
    for (Regions.Leg leg : rollout.regions().done()) {
      leg.since().ifPresent(since -> behind.add(region(release, rollout.in(leg), since)));
    }
    return behind.isEmpty() ? here : new Observation.OnWalk(here, behind);
  }

  private Observation.InRegion region(Release release, Rollout there, Instant since) {
    return new Observation.InRegion(there, since, traffic(release, there, since));
  }

  private Observation.OfTraffic traffic(Release release, Rollout rollout, Instant since) {
    return new Observation.OfTraffic(
        services.in(rollout.region()).read(release.id().service(), release.id().revision()),
        instruments.read(release.id(), rollout, since));
  }

  /** What was measured of a release is out of date. */
  void forget(ReleaseId id) {
    instruments.forget(id);
  }

  private Observation service(Release release, Rollout rollout, String revision) {
    return new Observation.OfService(
        services.in(rollout.region()).read(release.id().service(), revision));
  }
}
