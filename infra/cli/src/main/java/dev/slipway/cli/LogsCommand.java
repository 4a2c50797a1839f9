package dev.slipway.cli;

import com.google.gson.JsonArray;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.local.LaptopCloud;
import dev.slipway.release.ReleaseId;
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
final class LogsCommand implements Callable<Integer> {

  private static final int MAX = 10_000;

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "Only what is about this service.")
  private @Nullable String service;

  @Option(
      names = "--release",
      paramLabel = "ID",
      description = "Only what is about this release.")
  private @Nullable String release;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "500",
      description = "The newest so many, 1 to 10000 (default: 500).")
  private int limit;

  @Option(names = "--requests", description = "Show the requests services answered, too.")
  private boolean requests;

  @Option(names = "--json", description = "Print the entries as a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX) {
      throw misuse("--limit is 1 to %d, not %d".formatted(MAX, limit));
    }
    LogQuery query = query();
    var out = spec.commandLine().getOut();
    try (Laptop laptop = Laptop.running(state.folder())) {
      LogQuery wanted = requests ? query : query.withoutRequests(LaptopCloud.PROJECT);
      List<LogRow> rows =
          laptop.newestLogged(wanted.filter(), limit).reversed().stream().map(LogRow::of).toList();
      if (json) {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(row.json()));
        out.println(Plain.json(array.toString()));
      } else if (rows.isEmpty()) {
        out.println("Nothing was logged" + about() + ".");
      } else {
        rows.stream().flatMap(row -> row.lines().stream()).forEach(out::println);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private LogQuery query() {
    if (release != null && service != null) {
      throw misuse("Name a service or a release, not both.");
    }
    try {
      if (release != null) {
        return LogQuery.of(ReleaseId.parse(release));
      }
      return service == null ? LogQuery.everything() : LogQuery.of(new ServiceName(service));
    } catch (IllegalArgumentException e) {
      throw misuse(Plain.text(String.valueOf(e.getMessage())));
    }
  }

  private String about() {
    return release != null ? " about " + release : service != null ? " about " + service : "";
  }

  private CommandLine.ParameterException misuse(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }
}
