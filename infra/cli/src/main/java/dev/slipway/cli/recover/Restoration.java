package dev.slipway.cli.recover;

import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.release.Deployment;
import dev.slipway.release.Image;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.StaleServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings every service back to what the ledger says is live: makes the service, or its revision, or
 * only moves the traffic, by what is left. It needs the ledger and the images, nothing else. Done
 * twice, it changes nothing the second time.
 */
public final class Restoration {

  private static final int LOOKS = 600;

  private final FirestoreLedger ledger;
  private final Services services;
  private final Runnable pause;

  /**
   * @param pause waits a moment between two looks at a service
   */
  public Restoration(FirestoreLedger ledger, Services services, Runnable pause) {
    this.ledger = ledger;
    this.services = services;
    this.pause = pause;
  }

  /**
   * What became of one service.
   *
   * @param did in words
   * @param serves whether its live release serves all the traffic now
   */
  public record Result(String service, String did, boolean serves) {}

  /** Restores every service the ledger knows. */
  public List<Result> restore() {
    List<Result> results = new ArrayList<>();
    for (ServiceRecord service : ledger.services()) {
      results.add(restore(service));
    }
    return results;
  }

  private Result restore(ServiceRecord service) {
    Optional<ReleaseId> live = service.live();
    if (live.isEmpty()) {
      return new Result(service.name().value(), "nothing was live", true);
    }
    Optional<Image> image =
        ledger.view(live.get()).release().flatMap(Release::image);
    if (image.isEmpty()) {
      return new Result(
          service.name().value(), "the ledger has no image of " + live.get(), false);
    }
    return bringBack(service, live.get(), image.get());
  }

  private Result bringBack(ServiceRecord service, ReleaseId live, Image image) {
    String did = "serves";
    for (int look = 0; look < LOOKS; look++) {
      Optional<ServiceState> state = services.read(service.name(), live.revision());
      if (isServed(state, live)) {
        return new Result(service.name().value(), did + " " + live, true);
      }
      Optional<String> broken = broken(state);
      if (broken.isPresent()) {
        return new Result(service.name().value(), live + " does not start: " + broken.get(), false);
      }
      did = step(service, live, image, state).orElse(did);
      pause.run();
    }
    return new Result(service.name().value(), live + " is not ready yet: run this again", false);
  }

  /** Does the one thing that is missing; empty when it is only to be waited for. */
  private Optional<String> step(
      ServiceRecord service, ReleaseId live, Image image, Optional<ServiceState> state) {
    long epoch = Math.max(service.epoch(), state.map(ServiceState::epoch).orElse(0L));
    try {
      if (state.isEmpty() || state.get().candidate().isEmpty()) {
        if (state.isPresent() && !state.get().settled()) {
          return Optional.empty();
        }
        List<Traffic.Share> shares = state.map(Restoration::shares).orElse(List.of());
        services.deploy(state, new Deployment(live, image.reference(), epoch, shares));
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
