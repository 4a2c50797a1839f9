package dev.slipway.cli;

import com.google.gson.JsonArray;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import dev.slipway.release.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a release of a crate would do, and does nothing of it. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Tell what a release of a crate would do, without doing it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing speaks against it",
      "1:it cannot be packed or released, or the plan cannot be made",
      "3:it would be refused"
    })
final class PlanCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(names = "--allow-secrets", description = "Pack files that look like secrets, too.")
  private boolean secrets;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR|FILE",
      description = "A crate's folder, or an archive; default: this folder.")
  private Path source = Path.of(".");

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(source)) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "There is no file or folder '" + source + "'.");
    }
    Screen screen = output.screen();
    try (Environment env = environment.open();
        Cargo cargo = Cargo.of(source, secrets, Allowance.of(env, screen))) {
      cargo.notes().forEach(note -> screen.note("note: " + note));
      if (!cargo.warnings().isEmpty()) {
        screen.note("warnings:\n" + ArchiveCheck.lines(cargo.warnings()));
      }
      List<Plan> plans = new ArrayList<>();
      for (Crate crate : cargo.crates()) {
        Plan plan = env.api().plan(crate);
        plans.add(plan);
        screen.lines(Planned.lines(crate, plan));
      }
      if (screen.isJson()) {
        JsonArray all = new JsonArray();
        plans.forEach(plan -> all.add(Json.tree(plan, Plan.class)));
        screen.json(all);
      }
      return plans.stream().allMatch(Plan::isFree) ? Exit.DONE : Exit.REFUSED;
    }
  }
}
