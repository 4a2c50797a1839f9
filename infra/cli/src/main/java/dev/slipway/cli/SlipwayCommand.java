package dev.slipway.cli;

import dev.slipway.cli.letters.DeadLettersCommand;
import dev.slipway.cli.log.LogsCommand;
import dev.slipway.cli.release.ExplainCommand;
import dev.slipway.cli.release.PromoteToCommand;
import dev.slipway.cli.release.ReleaseCommand;
import dev.slipway.cli.release.ReleasesCommand;
import dev.slipway.cli.release.SizesCommand;
import dev.slipway.cli.release.StatusCommand;
import dev.slipway.cli.release.WatchCommand;
import dev.slipway.cli.terminal.Surroundings;
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
      PlanCommand.class,
      WatchCommand.class,
      StatusCommand.class,
      ReleasesCommand.class,
      ReleaseCommand.class,
      ExplainCommand.class,
      SizesCommand.class,
      LogsCommand.class,
      PromoteToCommand.class,
      ChaosCommand.class,
      DeadLettersCommand.class,
      DoctorCommand.class,
      EnvCommand.class,
      ExportCommand.class,
      RestoreCommand.class,
      SimulateCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class,
    })
final class SlipwayCommand implements Runnable, Surroundings.Known {

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  SlipwayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? Try 'slipway demo'.");
  }
}
