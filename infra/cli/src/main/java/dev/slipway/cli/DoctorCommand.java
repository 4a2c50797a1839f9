package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.doctor.Check;
import dev.slipway.cli.doctor.Check.Verdict;
import dev.slipway.cli.doctor.Doctor;
import dev.slipway.cli.env.Team;
import java.io.PrintWriter;
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
      "Look whether an environment is set up as it must be, and say how to mend what is not.",
      "It only reads. Without an environment or --project it looks at this machine and",
      "its laptop cloud.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing fails", "1:something will not work"})
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Parameters(
      arity = "0..1",
      paramLabel = "ENVIRONMENT",
      description = "TEAM-ENVIRONMENT of infra/gcp/teams, such as payments-prod.")
  private @Nullable String environment;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The checkout with infra/gcp/teams (default: this folder).")
  private Path root = Path.of(".");

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "Google Cloud project of the environment.")
  private @Nullable String project;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Its region (default: the one its functions are in).")
  private @Nullable String region;

  @Option(names = "--json", description = "Print the checks as a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    List<Check> checks = checks(new Doctor(Clock.systemUTC()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(checks));
    } else {
      show(checks, out);
    }
    return Doctor.failed(checks) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private List<Check> checks(Doctor doctor) {
    if (environment != null && project != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Either an environment or --project, not both.");
    }
    if (environment != null) {
      Team.Environment team = Teams.one(root.toAbsolutePath().normalize(), environment);
      return doctor.ofGoogle(team.project(), Optional.of(team.region()));
    }
    return project == null
        ? doctor.ofLaptop(state.folder())
        : doctor.ofGoogle(project, Optional.ofNullable(region));
  }

  private static void show(List<Check> checks, PrintWriter out) {
    for (Check check : checks) {
      out.printf(
          "%-8s %s: %s%n", label(check), Plain.text(check.name()), Plain.text(check.found()));
      if (check.verdict() != Verdict.OK && !check.remedy().isEmpty()) {
        out.printf("%-8s   %s%n", "", Plain.text(check.remedy()));
      }
    }
    out.printf(
        "%n%d checks: %d ok, %d warn, %d fail, %d skipped%n",
        checks.size(),
        count(checks, Verdict.OK),
        count(checks, Verdict.WARN),
        count(checks, Verdict.FAIL),
        count(checks, Verdict.SKIPPED));
  }

  private static long count(List<Check> checks, Verdict verdict) {
    return checks.stream().filter(check -> check.verdict() == verdict).count();
  }

  private static String label(Check check) {
    return check.verdict() == Verdict.FAIL || check.verdict() == Verdict.WARN
        ? check.verdict().name()
        : check.verdict().name().toLowerCase(Locale.ROOT);
  }

  private static JsonArray json(List<Check> checks) {
    JsonArray array = new JsonArray();
    for (Check check : checks) {
      JsonObject object = new JsonObject();
      object.addProperty("name", check.name());
      object.addProperty("verdict", check.verdict().name());
      object.addProperty("found", check.found());
      if (!check.remedy().isEmpty()) {
        object.addProperty("remedy", check.remedy());
      }
      array.add(object);
    }
    return array;
  }
}
