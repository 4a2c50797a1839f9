package dev.slipway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command itself: it only has subcommands. */
@Command(
    name = "slipway",
    mixinStandardHelpOptions = true,
    version = "slipway 0.1.0",
    description = "From an uploaded Rust crate to a live Cloud Run release.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Begin with: slipway demo"},
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      PushCommand.class,
      StatusCommand.class,
      ReleasesCommand.class,
      LogsCommand.class,
      ChaosCommand.class,
      EnvCommand.class,
      ExportCommand.class,
      RestoreCommand.class,
      SimulateCommand.class,
      CommandLine.HelpCommand.class,
    })
final class SlipwayCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? Try 'slipway demo'.");
  }
}
