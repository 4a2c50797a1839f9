package dev.slipway.cli.environment;

import com.google.gson.JsonObject;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an environment the one that is meant where none is named. */
@Command(
    name = "use",
    mixinStandardHelpOptions = true,
    description = "From now on mean this environment where a command names none.")
public final class EnvUseCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(paramLabel = "NAME", description = "laptop, or one that 'slipway env list' shows.")
  private String name = "";

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli did not say which command this is");
    }
    Surroundings surroundings = Surroundings.of(spec);
    new Environments(surroundings).use(name);
    Screen screen = output.screen();
    screen.line("Commands that name no environment mean " + name + " from now on.");
    if (screen.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("environment", name);
      screen.json(answer);
    }
    surroundings
        .variable(Environments.ENV)
        .filter(other -> !other.equals(name))
        .ifPresent(
            other -> screen.note("Here they go on meaning %s: SLIPWAY_ENV says so.".formatted(other)));
    return Exit.DONE;
  }
}
