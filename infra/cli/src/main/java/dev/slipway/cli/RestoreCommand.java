package dev.slipway.cli;

import com.google.gson.JsonObject;
import dev.slipway.cli.recover.Estate;
import dev.slipway.cli.recover.Restoration;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings services back from the ledger. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Bring every service back to what the ledger says is live.",
      "It needs the ledger and the images. Done twice, it changes nothing."
    })
final class RestoreCommand implements Callable<Integer> {

  @Mixin private EstateOptions estate;

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "First restore the ledger, from what 'export' wrote.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    Screen screen = output.screen();
    try (Estate open = estate.open()) {
      JsonObject answer = new JsonObject();
      if (file != null) {
        long read = open.copy().restore(file);
        screen.line("%d documents read from %s".formatted(read, file));
        answer.addProperty("documents", read);
      }
      List<Restoration.Result> results =
          new Restoration(open.ledger(), open.services(), RestoreCommand::pause).restore();
      results.forEach(
          result ->
              screen.line(
                  "%s  %s: %s"
                      .formatted(result.serves() ? "ok  " : "FAIL", result.service(), result.did())));
      if (screen.isJson()) {
        answer.add("services", Json.tree(results, List.class));
        screen.json(answer);
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
