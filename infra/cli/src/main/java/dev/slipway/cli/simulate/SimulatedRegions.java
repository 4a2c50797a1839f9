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

/** What serves, region by region: each is measured, logs and is asked for itself. */
final class SimulatedRegions implements Regional, Smoke, Metrics, Logs {

  private final String first;
  private final SimulatedCloud own;
  private final Function<String, SimulatedCloud> made;
  private final Map<String, SimulatedCloud> others = new LinkedHashMap<>();

  /**
   * Regions that are there once they are asked for.
   *
   * @param first the environment's own
   * @param own what is there
   * @param made another, by its name
   */
  SimulatedRegions(String first, SimulatedCloud own, Function<String, SimulatedCloud> made) {
    this.first = first;
    this.own = own;
    this.made = made;
  }

  SimulatedCloud named(String region) {
    return region.equals(first) ? own : others.computeIfAbsent(region, made);
  }

  List<String> others() {
    return List.copyOf(others.keySet());
  }

  private SimulatedCloud of(Rollout rollout) {
    return rollout.region().map(this::named).orElse(own);
  }

  /** The one whose URL it is. */
  private SimulatedCloud at(Address address) {
    return others.values().stream()
        .filter(cloud -> address.uri().startsWith(cloud.root))
        .findFirst()
        .orElse(own);
  }

  @Override
  public Services in(Optional<String> region) {
    return region.map(this::named).orElse(own);
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
