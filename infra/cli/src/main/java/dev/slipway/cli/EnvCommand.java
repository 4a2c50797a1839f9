package dev.slipway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Teams' environments on Google Cloud, before anything is made there. */
@Command(
    name = "env",
    mixinStandardHelpOptions = true,
    description = "Check the environments Terraform makes, before it makes them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EnvCheckCommand.class, EnvAuditCommand.class})
final class EnvCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? Try 'slipway env check infra/gcp/teams/*.yaml'.");
  }
}
