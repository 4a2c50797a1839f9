package dev.slipway.cli;

import dev.slipway.cli.demo.DemoRun;
import dev.slipway.cli.demo.DemoRun.Options;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.Surroundings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Shows the whole pipeline at work. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "See it work: four releases of an example crate on the laptop cloud.",
      "The first goes live, the second replaces it by traffic steps under load, the third fails"
          + " its health check, the fourth its first step, and a person takes the second back."
          + " Takes about half a minute."
    })
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Option(
      names = "--ci",
      description = "Plain text, for logs; the exit code is 1 unless every point came true.")
  private boolean ci;

  @Option(names = "--json", paramLabel = "FILE", description = "Write what was measured to FILE.")
  private @Nullable Path json;

  @Option(names = "--keep", description = "Leave the laptop cloud running until interrupted.")
  private boolean keep;

  @Override
  public Integer call() throws InterruptedException {
    Path folder = state.folder().resolve("demo");
    TerminalLog.begin(spec.commandLine().getErr(), folder);
    Options options = new Options(folder, keep, Optional.ofNullable(json));
    Surroundings surroundings = Surroundings.of(spec);
    CommandLine line = spec.commandLine();
    Screen screen =
        new Screen(
            line.getOut(), line.getErr(), ci ? surroundings.unwatched() : surroundings, false);
    return DemoRun.run(options, screen);
  }
}
