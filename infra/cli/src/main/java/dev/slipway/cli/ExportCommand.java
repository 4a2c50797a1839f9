package dev.slipway.cli;

import com.google.gson.JsonObject;
import dev.slipway.cli.recover.Estate;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies the ledger into a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Copy the whole ledger into a file, a document a line.")
final class ExportCommand implements Callable<Integer> {

  @Mixin private EstateOptions estate;

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(paramLabel = "FILE", description = "The file, overwritten if it is there.")
  private Path file = Path.of("ledger.jsonl");

  @Override
  public Integer call() {
    try (Estate open = estate.open()) {
      long count = open.copy().export(file);
      Screen screen = output.screen();
      screen.line("%d documents written to %s".formatted(count, file));
      if (screen.isJson()) {
        JsonObject answer = new JsonObject();
        answer.addProperty("documents", count);
        answer.addProperty("file", file.toString());
        screen.json(answer);
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
