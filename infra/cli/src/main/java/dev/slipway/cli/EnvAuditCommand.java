package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.env.Audit;
import dev.slipway.cli.env.Goldens;
import dev.slipway.cli.env.Inventory;
import dev.slipway.cli.env.Plan;
import dev.slipway.cli.env.Team;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.local.state.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds a plan against its committed inventory and both against the rules. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Judge who may do what in each environment.",
      "Without a plan, judge the committed inventories, if they are of these sources."
    })
final class EnvAuditCommand implements Callable<Integer> {

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The checkout (default: this folder).")
  private Path root = Path.of(".");

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "What 'terraform show -json' says of a plan.")
  private @Nullable Path plan;

  @Option(names = "--update", description = "Keep the plan as the committed inventory.")
  private boolean update;

  private final JsonArray said = new JsonArray();
  private int failed;

  @Override
  public Integer call() {
    Path checkout = root.toAbsolutePath().normalize();
    Goldens goldens = new Goldens(checkout);
    Map<String, Team.Environment> environments = Teams.of(checkout);
    if (plan == null) {
      say(
          goldens.areOfTheseSources(),
          "the inventories are of these sources",
          "run infra/gcp/check --update where Terraform's provider can be had");
      environments.forEach((name, e) -> audit(name, e, kept(goldens, name)));
    } else {
      Map<String, List<Plan.Resource>> planned = Plan.of(read(plan));
      if (update) {
        goldens.keep(planned);
      }
      say(goldens.areOfTheseSources(), "the inventories are of these sources", "run infra/gcp/check --update");
      environments.forEach((name, e) -> compare(goldens, name, planned.getOrDefault(name, List.of())));
      environments.forEach((name, e) -> audit(name, e, planned.getOrDefault(name, List.of())));
    }
    if (output.screen().isJson()) {
      output.screen().json(said);
    }
    return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static List<Plan.Resource> kept(Goldens goldens, String name) {
    return goldens.of(name).map(text -> Inventory.parse(name, text)).orElse(List.of());
  }

  private void compare(Goldens goldens, String name, List<Plan.Resource> planned) {
    List<String> now = Inventory.of(planned).lines().toList();
    List<String> then = goldens.of(name).orElse("").lines().toList();
    boolean same = now.equals(then);
    say(same, name + ": the plan is the committed inventory", "if it is meant, run infra/gcp/check --update");
    if (!same) {
      then.stream().filter(line -> !now.contains(line)).forEach(line -> show("- " + line));
      now.stream().filter(line -> !then.contains(line)).forEach(line -> show("+ " + line));
    }
  }

  private void audit(String name, Team.Environment environment, List<Plan.Resource> resources) {
    List<String> violations = Audit.of(environment, resources);
    say(violations.isEmpty(), name + ": nobody may do more than he must", "see below");
    violations.forEach(this::show);
  }

  private void say(boolean ok, String what, String otherwise) {
    failed += ok ? 0 : 1;
    output.screen().line(ok ? "ok    " + what : "FAIL  " + what + ": no; " + otherwise);
    JsonObject check = new JsonObject();
    check.addProperty("check", what);
    check.addProperty("ok", ok);
    check.add("found", new JsonArray());
    said.add(check);
  }

  /** A line of what the latest check found. */
  private void show(String line) {
    String text = line.length() > 300 ? line.substring(0, 300) + "..." : line;
    output.screen().line("        " + text);
    said.get(said.size() - 1).getAsJsonObject().getAsJsonArray("found").add(text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Failure("Tried to read " + file + " but failed: " + IoReason.of(e), e);
    }
  }
}
