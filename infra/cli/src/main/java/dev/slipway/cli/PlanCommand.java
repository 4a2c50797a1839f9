package dev.slipway.cli;

import com.google.gson.JsonArray;
import dev.slipway.Planning;
import dev.slipway.Settings;
import dev.slipway.Wiring;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import dev.slipway.release.Plan;
import dev.slipway.release.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    Planning planning = planning();
    try (Cargo cargo = Cargo.of(source, secrets)) {
      cargo.notes().forEach(note -> screen.note("note: " + note));
      if (!cargo.warnings().isEmpty()) {
        screen.note("warnings:\n" + ArchiveCheck.lines(cargo.warnings()));
      }
      List<Plan> plans = new ArrayList<>();
      for (Crate crate : cargo.crates()) {
        Plan plan = planning.of(crate);
        plans.add(plan);
        screen.lines(lines(crate, plan));
      }
      if (screen.isJson()) {
        JsonArray all = new JsonArray();
        plans.forEach(plan -> all.add(Json.tree(plan, Plan.class)));
        screen.json(all);
      }
      return plans.stream().allMatch(PlanCommand::isFree) ? Exit.DONE : Exit.REFUSED;
    }
  }

  private Planning planning() {
    String name = environment.choice().name();
    if (!name.equals(Environment.LAPTOP)) {
      throw new Failure(
          ("Tried to plan for %s but plans are made for the laptop cloud only: what a team's"
                  + " environment was set up with is not known here. Use --env laptop.")
              .formatted(name));
    }
    return Wiring.planning(
        Settings.from(
            LaptopSetup.environment(
                Laptop.whereRunning(environment.state()), LaptopSetup.LAPTOP_POLICY)));
  }

  private static boolean isFree(Plan plan) {
    return plan.refusals().isEmpty() && plan.objection().isEmpty();
  }

  private static List<Line> lines(Crate crate, Plan plan) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.of(Tone.STRONG, plan.service().value())
            .and(": %s %s, program %s".formatted(crate.name(), crate.version(), crate.binary())));
    lines.add(Line.of("  live     " + plan.live().map(Object::toString).orElse("nothing yet")));
    lines.add(Line.of("  traffic  " + shares(plan.before())));
    plan.refusals().forEach(f -> lines.add(Line.of(Tone.BAD, "  refused  " + f)));
    plan.objection().ifPresent(why -> lines.add(Line.of(Tone.BAD, "  refused  by Cloud Run: " + why)));
    plan.waits().forEach(why -> lines.add(Line.of(Tone.WAITING, "  waits    " + why)));
    plan.limits().forEach(limit -> lines.add(Line.of("  limit    " + limit)));
    int number = 1;
    for (Plan.Move move : plan.moves()) {
      lines.add(Line.of("  %d. %s".formatted(number++, move.what())));
      String lasts = move.lasts().isZero() ? "" : ", for " + move.lasts().toSeconds() + " s";
      lines.add(Line.of(Tone.FAINT, "     traffic: " + shares(move.after()) + lasts));
      move.gates().forEach(gate -> lines.add(Line.of(Tone.FAINT, "     gate: " + gate)));
    }
    return lines;
  }

  private static String shares(List<Traffic.Share> shares) {
    return shares.isEmpty()
        ? "none"
        : shares.stream()
            .map(share -> share.percent() + "% " + share.revision())
            .collect(Collectors.joining(", "));
  }
}
