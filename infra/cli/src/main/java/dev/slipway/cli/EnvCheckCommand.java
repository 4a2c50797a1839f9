package dev.slipway.cli;

import dev.slipway.cli.env.Team;
import dev.slipway.cli.env.TeamFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks teams' files, their policies with the code that obeys them. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Check teams' files: everything that is wrong, at once.")
final class EnvCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "A team's file.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    int wrong = 0;
    Map<String, String> projects = new HashMap<>();
    for (Path file : files) {
      TeamFile.Reading reading = TeamFile.read(file);
      reading.problems().forEach(problem -> spec.commandLine().getOut().println(problem));
      wrong += reading.problems().size();
      wrong += reading.team().map(team -> shared(team, projects)).orElse(0);
    }
    spec.commandLine()
        .getOut()
        .printf("%d checked, %d wrong%n", files.size(), wrong);
    return wrong == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** Environments in one project would hear each other's builds. */
  private int shared(Team team, Map<String, String> projects) {
    int wrong = 0;
    for (Map.Entry<String, Team.Environment> e : team.environments().entrySet()) {
      String here = team.name() + "-" + e.getKey();
      String other = projects.putIfAbsent(e.getValue().project(), here);
      if (other != null) {
        wrong++;
        spec.commandLine()
            .getOut()
            .printf(
                "%s and %s are both in project %s: give each one of its own%n",
                other, here, e.getValue().project());
      }
    }
    return wrong;
  }
}
