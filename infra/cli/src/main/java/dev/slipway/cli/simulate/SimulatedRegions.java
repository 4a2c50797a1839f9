package dev.slipway.cli.simulate;

import dev.slipway.release.Measurements;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Signals;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import dev.slipway.release.Windows;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.Smoke;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What serves, region by region: each is measured, logs and is asked for itself. */
final class SimulatedRegions implements Regional, Smoke, Metrics, Logs {

  private final String first;
  private final Function<String, SimulatedRegion> made;
  private final SimulatedRegion own;
  private final Map<String, SimulatedRegion> others = new LinkedHashMap<>();

  /**
   * Regions that are there once they are asked for.
   *
   * @param first the environment's own
   * @param made one, by what the URLs of its revisions are to begin with
   */
  SimulatedRegions(String first, Function<String, SimulatedRegion> made) {
    this.first = first;
    this.made = made;
    own = made.apply("http://");
  }

  /** The environment's own. */
  SimulatedRegion own() {
    return own;
  }

  SimulatedRegion named(String region) {
    return region.equals(first)
        ? own
        : others.computeIfAbsent(region, name -> made.apply("http://" + name + "/"));
  }

  /** The region of that name; the environment's own without one. */
  SimulatedRegion named(Optional<String> region) {
    return region.map(this::named).orElse(own);
  }

  /** Every region there is by now. */
  List<SimulatedRegion> all() {
    return Stream.concat(Stream.of(own), others.values().stream()).toList();
  }

  List<String> others() {
    return List.copyOf(others.keySet());
  }

  private SimulatedMeasures of(Rollout rollout) {
    return named(rollout.region()).measures();
  }

  /** Of the region whose URL it is. */
  private SimulatedMeasures at(Address address) {
    return others.values().stream()
        .filter(region -> address.uri().startsWith(region.root()))
        .findFirst()
        .orElse(own)
        .measures();
  }

  @Override
  public Services in(Optional<String> region) {
    return named(region).services();
  }

  @Override
  public SmokeResult run(Address address, SmokeTest test, int warmup) {
    return at(address).run(address, test, warmup);
  }

  @Override
  public void sample(Address address, SmokeTest test) {
    at(address).sample(address, test);
  }

  @Override
  public Measurements read(ServiceName service, Rollout rollout, Windows windows) {
    return of(rollout).read(service, rollout, windows);
  }

  @Override
  public Signals read(ServiceName service, Rollout rollout, Instant since) {
    return of(rollout).read(service, rollout, since);
  }
}
