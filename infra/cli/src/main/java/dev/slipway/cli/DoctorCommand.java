package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.doctor.Check;
import dev.slipway.cli.doctor.Check.Verdict;
import dev.slipway.cli.doctor.Doctor;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.env.Team;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Tone;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
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

/** Looks whether an environment is as it must be, and says how to mend what is not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Look whether an environment is set up as it must be, and say how to mend what",
      "is not. It only reads. On a laptop it looks at the machine and its cloud.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing fails", "1:something will not work"})
final class DoctorCommand implements Callable<Integer> {

  private static final int LABEL = "skipped".length() + 2;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentOption environment;

  @Mixin private ScreenOption output;

  @Parameters(
      arity = "0..1",
      paramLabel = "TEAM-ENVIRONMENT",
      description = "One of infra/gcp/teams, such as payments-prod; instead of --env.")
  private @Nullable String team;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The checkout with infra/gcp/teams (default: this folder).")
  private Path root = Path.of(".");

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "A Google Cloud project; instead of --env.")
  private @Nullable String project;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Its region (default: the one its functions are in).")
  private @Nullable String region;

  @Override
  public Integer call() {
    Screen screen = output.screen();
    List<Check> checks = checks(new Doctor(Clock.systemUTC()));
    if (screen.isJson()) {
      screen.json(json(checks));
    } else {
      checks.forEach(check -> show(check, screen));
      screen.line("");
      screen.line(
          "%d checks: %d ok, %d warn, %d fail, %d skipped"
              .formatted(
                  checks.size(),
                  count(checks, Verdict.OK),
                  count(checks, Verdict.WARN),
                  count(checks, Verdict.FAIL),
                  count(checks, Verdict.SKIPPED)));
    }
    return Doctor.failed(checks) ? Exit.FAILED : Exit.DONE;
  }

  private List<Check> checks(Doctor doctor) {
    if (team != null && project != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Either an environment or --project, not both.");
    }
    if (team != null) {
      Team.Environment of = Teams.one(root.toAbsolutePath().normalize(), team);
      return doctor.ofGoogle(of.project(), Optional.of(of.region()));
    }
    if (project != null) {
      return doctor.ofGoogle(project, Optional.ofNullable(region));
    }
    String name = environment.choice().name();
    return name.equals(Environment.LAPTOP)
        ? doctor.ofLaptop(environment.state())
        : doctor.ofGoogle(environment.all().describe(name).project(), Optional.ofNullable(region));
  }

  private static void show(Check check, Screen screen) {
    screen.line(
        label(check.verdict())
            .padded(LABEL)
            .and(check.name() + ": ")
            .and(check.verdict() == Verdict.SKIPPED ? Tone.FAINT : Tone.PLAIN, check.found()));
    if (check.verdict() != Verdict.OK && !check.remedy().isEmpty()) {
      screen.line(Line.of(" ".repeat(LABEL + 2)).and(Tone.STRONG, check.remedy()));
    }
  }

  private static Line label(Verdict verdict) {
    return switch (verdict) {
      case OK -> Line.of(Tone.GOOD, "ok");
      case WARN -> Line.of(Tone.WAITING, "WARN");
      case FAIL -> Line.of(Tone.BAD, "FAIL");
      case SKIPPED -> Line.of(Tone.FAINT, "skipped");
    };
  }

  private static long count(List<Check> checks, Verdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }

  private static JsonArray json(List<Check> checks) {
    JsonArray array = new JsonArray();
    for (Check check : checks) {
      JsonObject object = new JsonObject();
      object.addProperty("name", check.name());
      object.addProperty("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
      object.addProperty("found", check.found());
      if (!check.remedy().isEmpty()) {
        object.addProperty("remedy", check.remedy());
      }
      array.add(object);
    }
    return array;
  }
}
