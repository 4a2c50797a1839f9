package dev.slipway.build;

import dev.slipway.release.BuildForecast;
import dev.slipway.release.Crate;
import java.util.Optional;

/** Says what the build of a crate will be; what is submitted in the end follows the same rules. */
public final class BuildForecasts {

  private final BuildSettings settings;
  private final DependencyCache cache;
  private final String builder;

  public BuildForecasts(BuildSettings settings, DependencyCache cache) {
    this.settings = settings;
    this.cache = cache;
    builder = BuildTemplate.load().builder();
  }

  /**
   * The forecast, without what builds before it took.
   *
   * @throws IllegalArgumentException when the crate names a thing cargo itself would not accept
   */
  public BuildForecast of(Crate crate) {
    String key = BuildPlan.cache(crate, settings.repository(), builder);
    Optional<Boolean> cached = cache.look(key);
    return new BuildForecast(
        BuildForecast.Target.of(crate),
        BaseChoice.of(crate),
        new BuildForecast.Dependencies(key, cached),
        settings.machines().paidFor(cached.orElse(false)).map(BuildForecast.Machine::of),
        Optional.empty());
  }
}
