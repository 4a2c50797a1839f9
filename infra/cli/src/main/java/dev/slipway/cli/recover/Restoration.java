package dev.slipway.cli.recover;

import com.google.api.gax.rpc.ApiException;
import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.release.Deployment;
import dev.slipway.release.Image;
import dev.slipway.release.RegionStand;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.StaleServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings every service back to what the ledger says is live, in each region it is live in: makes the
 * service, or its revision, or only moves the traffic, by what is left. It needs the ledger and the
 * images, nothing else. Done twice, it changes nothing the second time.
 */
public final class Restoration {

  private static final int LOOKS = 600;

  private final FirestoreLedger ledger;
  private final Regional regions;
  private final Runnable pause;

  /**
   * @param pause waits a moment between two looks at a service
   */
  public Restoration(FirestoreLedger ledger, Regional regions, Runnable pause) {
    this.ledger = ledger;
    this.regions = regions;
    this.pause = pause;
  }

  /**
   * What became of one service in one region.
   *
   * @param service its name, with the region's where it has several
   * @param did in words
   * @param serves whether its live release serves all the traffic now
   */
  public record Result(String service, String did, boolean serves) {}

  /** What is to serve, and where. */
  private record Wanted(
      ServiceRecord service, ReleaseId live, String image, Optional<String> region) {

    Result result(String did, boolean serves) {
      return new Result(
          service.name() + region.map(name -> " in " + name).orElse(""), did, serves);
    }
  }

  /** Restores every service the ledger knows; what one region refuses keeps no other from its turn. */
  public List<Result> restore() {
    List<Result> results = new ArrayList<>();
    for (ServiceRecord service : ledger.services()) {
      results.addAll(restore(service));
    }
    return results;
  }

  private List<Result> restore(ServiceRecord service) {
    Optional<ReleaseId> live = service.live();
    if (live.isEmpty()) {
      return List.of(new Result(service.name().value(), "nothing was live", true));
    }
    Optional<Release> release = ledger.view(live.get()).release();
    Optional<Image> image = release.flatMap(Release::image);
    if (image.isEmpty()) {
      return List.of(
          new Result(service.name().value(), "the ledger has no image of " + live.get(), false));
    }
    return regionsOf(release.get()).stream()
        .map(region -> new Wanted(service, live.get(), image.get().reference(), region))
        .map(this::attempt)
        .toList();
  }

  /** Where it serves by the ledger; one without a name where there is only one. */
  private static List<Optional<String>> regionsOf(Release live) {
    List<Optional<String>> named =
        RegionStand.of(live.stage()).stream()
            .filter(stand -> stand.standing() != RegionStand.Standing.OUT)
            .map(stand -> Optional.of(stand.region()))
            .toList();
    return named.isEmpty() ? List.of(Optional.empty()) : named;
  }

  private Result attempt(Wanted wanted) {
    try {
      return bringBack(wanted, regions.in(wanted.region()));
    } catch (ApiException e) {
      return wanted.result("Cloud Run refuses: " + e.getMessage(), false);
    }
  }

  private Result bringBack(Wanted wanted, Services services) {
    ReleaseId live = wanted.live();
    String did = "serves";
    for (int look = 0; look < LOOKS; look++) {
      Optional<ServiceState> state = services.read(wanted.service().name(), live.revision());
      if (isServed(state, live)) {
        return wanted.result(did + " " + live, true);
      }
      Optional<String> broken = broken(state);
      if (broken.isPresent()) {
        return wanted.result(live + " does not start: " + broken.get(), false);
      }
      did = step(wanted, services, state).orElse(did);
      pause.run();
    }
    return wanted.result(live + " is not ready yet: run this again", false);
  }

  /** Does the one thing that is missing; empty when it is only to be waited for. */
  private static Optional<String> step(
      Wanted wanted, Services services, Optional<ServiceState> state) {
    ReleaseId live = wanted.live();
    long epoch =
        Math.max(wanted.service().epoch(), state.map(ServiceState::epoch).orElse(0L));
    try {
      if (state.isEmpty() || state.get().candidate().isEmpty()) {
        if (state.isPresent() && !state.get().settled()) {
          return Optional.empty();
        }
        List<Traffic.Share> shares = state.map(Restoration::shares).orElse(List.of());
        services.deploy(state, new Deployment(live, wanted.image(), epoch, shares));
        return Optional.of("deployed");
      }
      Traffic all = Traffic.all(live.revision(), epoch);
      boolean ready =
          state.get().candidate().get().readiness() instanceof ServiceState.Readiness.Ready;
      if (ready && state.get().settled() && !all.isAskedOf(state.get())) {
        services.shift(state.get(), all);
        return Optional.of("moved the traffic to");
      }
    } catch (StaleServiceException e) {
      // Somebody else changed it meanwhile: look again.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static List<Traffic.Share> shares(ServiceState state) {
    return state.traffic().stream()
        .filter(target -> target.percent() > 0)
        .map(target -> new Traffic.Share(target.revision(), target.percent()))
        .toList();
  }

  private static boolean isServed(Optional<ServiceState> state, ReleaseId live) {
    return state
        .filter(ServiceState::settled)
        .filter(s -> Traffic.all(live.revision(), s.epoch()).isServedBy(s))
        .isPresent();
  }

  private static Optional<String> broken(Optional<ServiceState> state) {
    return state
        .flatMap(ServiceState::candidate)
        .map(ServiceState.Revision::readiness)
        .filter(ServiceState.Readiness.Broken.class::isInstance)
        .map(readiness -> ((ServiceState.Readiness.Broken) readiness).why());
  }
}
