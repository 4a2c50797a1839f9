package dev.slipway.release;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What Cloud Build asks for a build, by its list prices, to the second. */
public final class BuildPrice {

  /** Millionths of a dollar for a minute, by machine type. */
  private static final Map<String, Long> PER_MINUTE =
      Map.of("e2-standard-2", 6_000L, "e2-highcpu-8", 16_000L);

  private BuildPrice() {}

  /** The cost of a build that ran so. */
  public static BuildCost of(BuildTiming timing) {
    return of(timing.machine(), timing.time());
  }

  /** The cost of so long on such a machine; without one, where none is paid for. */
  static BuildCost of(Optional<String> machine, Duration time) {
    return new BuildCost(machine, time, machine.flatMap(type -> price(type, time)));
  }

  /** Millionths of a dollar; empty where the price of such a machine is not known. */
  public static Optional<Long> perMinute(String machine) {
    return Optional.ofNullable(PER_MINUTE.get(machine));
  }

  private static Optional<Long> price(String machine, Duration time) {
    return perMinute(machine)
        .map(perMinute -> Math.round(time.toMillis() * (perMinute / 60_000.0)));
  }
}
