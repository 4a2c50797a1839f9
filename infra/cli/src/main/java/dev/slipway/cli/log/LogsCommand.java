package dev.slipway.cli.log;

import com.google.gson.JsonArray;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.release.Named;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.release.ServiceName;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what was logged of a release: by the functions, its build and what runs. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Show what functions, builds and services logged, oldest first.")
public final class LogsCommand implements Callable<Integer> {

  private static final int MAX = 10_000;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "Only what is about this service.")
  private @Nullable String service;

  @Option(
      names = "--release",
      paramLabel = "ID|SERVICE",
      description = "Only what is about this release, or a service's latest.")
  private @Nullable String release;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "500",
      description = "The newest so many, 1 to 10000 (default: 500).")
  private int limit;

  @Option(names = "--requests", description = "Show the requests services answered, too.")
  private boolean requests;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX) {
      throw misuse("--limit is 1 to %d, not %d".formatted(MAX, limit));
    }
    if (release != null && service != null) {
      throw misuse("Name a service or a release, not both.");
    }
    try (Environment env = environment.open()) {
      LogQuery query = query(env);
      LogQuery wanted = requests ? query : query.withoutRequests(env.project());
      show(
          output.screen(),
          Logged.newest(env, environment.state(), wanted.filter(), limit).reversed().stream()
              .map(LogRow::of)
              .toList());
    }
    return Exit.DONE;
  }

  private void show(Screen screen, List<LogRow> rows) {
    if (screen.isJson()) {
      JsonArray array = new JsonArray();
      rows.forEach(row -> array.add(row.json()));
      screen.json(array);
    } else if (rows.isEmpty()) {
      screen.line("Nothing was logged" + about() + ".");
    } else {
      rows.stream().flatMap(row -> row.lines().stream()).forEach(screen::line);
    }
  }

  private LogQuery query(Environment env) {
    if (release != null) {
      return LogQuery.of(new Named(env.api()).release(release));
    }
    if (service == null) {
      return LogQuery.everything();
    }
    if (!ServiceName.isLegal(service)) {
      throw misuse("'" + service + "' names no service; for a release say --release ID.");
    }
    return LogQuery.of(new ServiceName(service));
  }

  private String about() {
    return release != null ? " about " + release : service != null ? " about " + service : "";
  }

  private CommandLine.ParameterException misuse(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }
}
