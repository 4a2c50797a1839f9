package dev.slipway;

import dev.slipway.build.BuildForecasts;
import dev.slipway.build.BuildSettings;
import dev.slipway.build.Builds;
import dev.slipway.build.CloudBuilds;
import dev.slipway.build.DependencyCache;
import dev.slipway.build.Registry;
import dev.slipway.build.RegistryCache;
import dev.slipway.build.StoredBuildLogs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Cloud Build, and on which machines and in whose name it builds. */
record BuildPorts(Settings settings, GoogleClients clients, Supplier<Registry> registry) {

  /** Cloud Build's own limit for the build; the policy's deadline is for the release. */
  private static final Duration TIMEOUT = Duration.ofMinutes(50);

  /** The cold machine has the cores that compiling dependencies can use. */
  private static final BuildSettings.Machines MACHINES =
      new BuildSettings.Machines("E2_HIGHCPU_8", "");

  Builds builds() {
    return new CloudBuilds(
        clients.builds(), buildSettings(), logs(), new RegistryCache(registry.get()));
  }

  BuildForecasts forecasts() {
    // A laptop's own cargo keeps what it compiled in no registry.
    DependencyCache cache =
        settings.laptop().isPresent()
            ? image -> Optional.empty()
            : new RegistryCache(registry.get());
    return new BuildForecasts(buildSettings(), cache);
  }

  StoredBuildLogs logs() {
    return new StoredBuildLogs(clients.storage(), settings.sourceBucket());
  }

  private BuildSettings buildSettings() {
    return new BuildSettings(
        settings.project(),
        settings.region(),
        settings.repository(),
        settings.sourceBucket(),
        settings
            .buildServiceAccount()
            .map(email -> "projects/%s/serviceAccounts/%s".formatted(settings.project(), email))
            .orElse(""),
        TIMEOUT,
        machines());
  }

  private BuildSettings.Machines machines() {
    return settings.laptop().isPresent()
        ? BuildSettings.Machines.UNPAID
        : settings.buildPool().map(BuildSettings.Machines::ofPool).orElse(MACHINES);
  }
}
