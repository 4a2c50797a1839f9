package dev.slipway.cli;

import com.google.gson.JsonObject;
import dev.slipway.cli.env.Team;
import dev.slipway.cli.env.TeamFile;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks teams' files, their policies with the code that obeys them. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Check teams' files: everything that is wrong, at once.")
final class EnvCheckCommand implements Callable<Integer> {

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "A team's file.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    Map<String, String> projects = new HashMap<>();
    for (Path file : files) {
      TeamFile.Reading reading = TeamFile.read(file);
      reading.problems().forEach(problem -> problems.add(problem.toString()));
      reading.team().ifPresent(team -> problems.addAll(shared(team, projects)));
    }
    Screen screen = output.screen();
    problems.forEach(screen::line);
    screen.line("%d checked, %d wrong".formatted(files.size(), problems.size()));
    if (screen.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("checked", files.size());
      answer.add("problems", Json.tree(problems, List.class));
      screen.json(answer);
    }
    return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** Environments in one project would hear each other's builds. */
  private static List<String> shared(Team team, Map<String, String> projects) {
    List<String> problems = new ArrayList<>();
    team.environments()
        .forEach(
            (name, environment) -> {
              String here = team.name() + "-" + name;
              String other = projects.putIfAbsent(environment.project(), here);
              if (other != null) {
                problems.add(
                    "%s and %s are both in project %s: give each one of its own"
                        .formatted(other, here, environment.project()));
              }
            });
    return problems;
  }
}
