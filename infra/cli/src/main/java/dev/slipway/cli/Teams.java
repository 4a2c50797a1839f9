package dev.slipway.cli;

import dev.slipway.cli.env.Team;
import dev.slipway.cli.env.TeamFile;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.local.state.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The teams of a checkout. */
final class Teams {

  private Teams() {}

  /**
   * Every environment, by {@code TEAM-ENVIRONMENT}.
   *
   * @throws Failure when a file is wrong, or there is none
   */
  static Map<String, Team.Environment> of(Path checkout) {
    Map<String, Team.Environment> environments = new TreeMap<>();
    try (Stream<Path> files = Files.list(checkout.resolve("infra/gcp/teams"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        Team team =
            TeamFile.read(file)
                .team()
                .orElseThrow(() -> new Failure(file + " is wrong: see 'slipway env check'"));
        team.environments().forEach((name, e) -> environments.put(team.name() + "-" + name, e));
      }
    } catch (IOException e) {
      throw new Failure("Tried to list the teams' files but failed: " + IoReason.of(e), e);
    }
    return environments;
  }

  /**
   * One environment.
   *
   * @throws Failure when there is no such one
   */
  static Team.Environment one(Path checkout, String name) {
    Map<String, Team.Environment> environments = of(checkout);
    Team.Environment environment = environments.get(name);
    if (environment == null) {
      throw new Failure(
          "There is no environment '%s' in infra/gcp/teams; there are %s"
              .formatted(name, String.join(", ", environments.keySet())));
    }
    return environment;
  }
}
