package dev.slipway.cli.release;

import com.google.gson.JsonArray;
import dev.slipway.cli.ReleaseTable;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.console.ask.Selection;
import dev.slipway.json.Json;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists releases. */
@Command(
    name = "releases",
    mixinStandardHelpOptions = true,
    description = "List the latest releases, newest first.")
public final class ReleasesCommand implements Callable<Integer> {

  private static final int MAX = 1000;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most, 1 to 1000 (default: 20).")
  private int limit;

  @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Only of this service.")
  private @Nullable String named;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--limit is 1 to 1000, not " + limit);
    }
    Screen screen = output.screen();
    try (Environment env = environment.open()) {
      Optional<ServiceName> service =
          Optional.ofNullable(named).map(name -> new Named(env).service(name));
      show(screen, env, env.api().releases(new Selection(service, Optional.empty(), limit)));
    }
    return Exit.DONE;
  }

  private static void show(Screen screen, Environment env, List<Release> releases) {
    if (screen.isJson()) {
      JsonArray array = new JsonArray();
      releases.forEach(release -> array.add(Json.tree(release, Release.class)));
      screen.json(array);
    } else if (releases.isEmpty()) {
      screen.line("No releases yet. " + env.firstSteps());
    } else {
      screen.table(ReleaseTable.table(releases));
      ReleaseTable.reasons(releases).forEach(screen::line);
    }
  }
}
