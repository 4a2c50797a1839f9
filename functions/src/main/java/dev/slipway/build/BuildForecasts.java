package dev.slipway.build;

import dev.slipway.release.BuildForecast;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.RustVersion;
import java.util.Optional;

/** Says what the build of a crate will be; what is submitted in the end follows the same rules. */
public final class BuildForecasts {

  private final BuildSettings settings;
  private final DependencyCache cache;
  private final BuildTemplate template;

  public BuildForecasts(BuildSettings settings, DependencyCache cache) {
    this.settings = settings;
    this.cache = cache;
    template = BuildTemplate.load();
  }

  /** The Rust that compiles what names no other; empty on one's own machine, which has its own. */
  public Optional<RustVersion> rust() {
    return settings.machines().paid() ? template.rust() : Optional.empty();
  }

  /** Why a crate's build would be certain to fail; empty where nothing says so. */
  public Optional<Finding> refusal(Crate crate) {
    return rust().flatMap(rust -> rust.refusal(crate));
  }

  /**
   * The forecast, without what builds before it took.
   *
   * @throws IllegalArgumentException when the crate names a thing cargo itself would not accept
   */
  public BuildForecast of(Crate crate) {
    String key = BuildPlan.cache(crate, settings.repository(), template.builder());
    Optional<Boolean> cached = cache.look(key);
    return new BuildForecast(
        BuildForecast.Target.of(crate),
        BaseChoice.of(crate),
        new BuildForecast.Dependencies(key, cached),
        settings.machines().paidFor(cached.orElse(false)).map(BuildForecast.Machine::of),
        Optional.empty());
  }
}
