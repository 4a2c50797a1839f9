package dev.slipway.cli;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.recover.Estate;
import dev.slipway.local.LaptopCloud;
import dev.slipway.rollout.CloudRunServices;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which environment a command is about: the laptop's, unless a project is named. */
final class EstateOptions {

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      defaultValue = ".slipway",
      description = "Folder of the laptop cloud's state (default: .slipway).")
  private Path folder = Path.of(".slipway");

  @Option(names = "--project", paramLabel = "ID", description = "An environment on Google Cloud.")
  private @Nullable String project;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "europe-west1",
      description = "Its region (default: europe-west1).")
  private String region = "europe-west1";

  @Option(
      names = "--database",
      paramLabel = "ID",
      defaultValue = "slipway",
      description = "Its ledger (default: slipway).")
  private String database = "slipway";

  @Option(
      names = "--runtime-account",
      paramLabel = "EMAIL",
      description = "Account that new services run as.")
  private @Nullable String account;

  Estate open() {
    if (project != null) {
      return Estate.google(
          new CloudRunServices.Place(project, region, Optional.ofNullable(account)), database);
    }
    Path state = folder.toAbsolutePath().normalize();
    return LaptopCloud.endpointsOf(state)
        .map(Estate::laptop)
        .orElseThrow(
            () ->
                new Failure(
                    "No laptop cloud has its state in %s, and no --project is named."
                        .formatted(state)));
  }
}
