package dev.slipway.cli;

import dev.slipway.cli.environment.EnvListCommand;
import dev.slipway.cli.environment.EnvShowCommand;
import dev.slipway.cli.environment.EnvUseCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Environments: those a person can name, and those Terraform is to make. */
@Command(
    name = "env",
    mixinStandardHelpOptions = true,
    description = "Name the environment you mean; check those Terraform is to make.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EnvListCommand.class,
      EnvUseCommand.class,
      EnvShowCommand.class,
      EnvCheckCommand.class,
      EnvAuditCommand.class
    })
final class EnvCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? Try 'slipway env list'.");
  }
}
