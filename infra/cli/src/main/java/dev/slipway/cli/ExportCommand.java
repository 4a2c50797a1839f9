package dev.slipway.cli;

import dev.slipway.cli.recover.Estate;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the ledger into a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Copy the whole ledger into a file, a document a line.")
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private EstateOptions estate;

  @Parameters(paramLabel = "FILE", description = "The file, overwritten if it is there.")
  private Path file = Path.of("ledger.jsonl");

  @Override
  public Integer call() {
    try (Estate open = estate.open()) {
      long count = open.copy().export(file);
      spec.commandLine().getOut().printf("%d documents written to %s%n", count, file);
    }
    return CommandLine.ExitCode.OK;
  }
}
