package dev.slipway.cli;

import com.google.gson.JsonArray;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.json.Json;
import dev.slipway.release.Release;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Lists releases. */
@Command(
    name = "releases",
    mixinStandardHelpOptions = true,
    description = "List the latest releases, newest first.")
final class ReleasesCommand implements Callable<Integer> {

  private static final int MAX = 1000;

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Option(names = "--json", description = "Print the releases as a JSON array.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most, 1 to 1000 (default: 20).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--limit is 1 to 1000, not " + limit);
    }
    var out = spec.commandLine().getOut();
    try (Laptop laptop = Laptop.running(state.folder())) {
      List<Release> releases = laptop.ledger().releases(limit);
      if (json) {
        JsonArray array = new JsonArray();
        releases.forEach(release -> array.add(Json.tree(release, Release.class)));
        out.println(Plain.json(array.toString()));
      } else if (releases.isEmpty()) {
        out.println("No releases yet. Upload a crate with 'slipway push DIR'.");
      } else {
        ReleaseTable.lines(releases).forEach(out::println);
        ReleaseTable.reasons(releases).forEach(out::println);
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
