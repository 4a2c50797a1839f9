package dev.slipway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which laptop cloud a command is about. */
final class StateOption {

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      defaultValue = ".slipway",
      description = "Folder the laptop cloud keeps its state in (default: .slipway).")
  private Path folder;

  Path folder() {
    return folder.toAbsolutePath().normalize();
  }
}
