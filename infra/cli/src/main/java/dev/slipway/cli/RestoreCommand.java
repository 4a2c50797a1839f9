package dev.slipway.cli;

import dev.slipway.cli.recover.Estate;
import dev.slipway.cli.recover.Restoration;
import dev.slipway.cli.terminal.Plain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings services back from the ledger. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Bring every service back to what the ledger says is live.",
      "It needs the ledger and the images. Done twice, it changes nothing."
    })
final class RestoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private EstateOptions estate;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "First restore the ledger, from what 'export' wrote.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Estate open = estate.open()) {
      if (file != null) {
        out.printf("%d documents read from %s%n", open.copy().restore(file), file);
      }
      List<Restoration.Result> results =
          new Restoration(open.ledger(), open.services(), RestoreCommand::pause).restore();
      for (Restoration.Result result : results) {
        out.printf(
            "%s  %s: %s%n",
            result.serves() ? "ok  " : "FAIL", result.service(), Plain.line(result.did()));
      }
      return results.stream().allMatch(Restoration.Result::serves)
          ? CommandLine.ExitCode.OK
          : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static void pause() {
    try {
      boolean over = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
      assert !over : "nobody counts down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Cloud Run", e);
    }
  }
}
