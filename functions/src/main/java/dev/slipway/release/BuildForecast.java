package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the build of a crate is expected to be, before it is submitted.
 *
 * @param target what is compiled, and how
 * @param base what its image is planned to be made on; the binary itself has the last word
 * @param dependencies whether they have to be compiled
 * @param machine what it runs on; empty where none is paid for
 * @param like a build of the service that was of the same kind; empty where none is known
 */
public record BuildForecast(
    Target target,
    RuntimeBase base,
    Dependencies dependencies,
    Optional<Machine> machine,
    Optional<Like> like) {

  /** What is compiled, and how. */
  public record Target(
      String crate,
      String binary,
      CrateSettings.Profile profile,
      List<String> features,
      boolean defaultFeatures,
      Optional<String> toolchain,
      boolean tests) {

    public Target {
      features = List.copyOf(features);
    }

    public static Target of(Crate crate) {
      CrateSettings settings = crate.settings();
      return new Target(
          crate.name(),
          crate.binary(),
          settings.profile(),
          settings.features(),
          settings.defaultFeatures(),
          crate.toolchain(),
          settings.test());
    }
  }

  /**
   * Its dependencies.
   *
   * @param key the image that keeps them once they are compiled
   * @param cached whether that is there; empty where nobody could tell
   */
  public record Dependencies(String key, Optional<Boolean> cached) {}

  /**
   * A machine of Cloud Build's.
   *
   * @param microUsdPerMinute list price in millionths of a dollar; empty where it is not known
   */
  public record Machine(String type, Optional<Long> microUsdPerMinute) {

    /** With its price, as far as that is known. */
    public static Machine of(String type) {
      return new Machine(type, BuildPrice.perMinute(type));
    }
  }

  /**
   * A build that came before, and what this one costs if it takes as long.
   *
   * @param release whose build it was
   */
  public record Like(ReleaseId release, Duration time, BuildCost cost) {}

  /** With the newest of these builds that found its dependencies as this one will. */
  BuildForecast after(List<Release> newestFirst) {
    return new BuildForecast(
        target,
        base,
        dependencies,
        machine,
        newestFirst.stream()
            .filter(release -> release.cost().isPresent())
            .filter(this::isAlike)
            .findFirst()
            .map(release -> like(release.id(), release.cost().orElseThrow().time())));
  }

  /** Where nobody can tell what this one will find, any is. */
  private boolean isAlike(Release built) {
    return dependencies
        .cached()
        .map(
            cached ->
                built.report().filter(report -> report.cacheHit() == cached).isPresent())
        .orElse(true);
  }

  private Like like(ReleaseId release, Duration time) {
    return new Like(release, time, BuildPrice.of(machine.map(Machine::type), time));
  }
}
