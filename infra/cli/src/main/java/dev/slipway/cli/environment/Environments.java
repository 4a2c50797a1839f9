package dev.slipway.cli.environment;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.server.Endpoints;
import dev.slipway.release.Nearest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Every environment a person can name: the laptop's, and those of the file {@code
 * environments.yaml}. A file {@code current-environment} beside it names the one that is meant
 * where none is named.
 */
public final class Environments {

  /** Names the file. */
  public static final String CONFIG = "SLIPWAY_CONFIG";

  /** Names the environment. */
  public static final String ENV = "SLIPWAY_ENV";

  private final Surroundings surroundings;
  private final Path file;

  public Environments(Surroundings surroundings) {
    this.surroundings = surroundings;
    file = surroundings.variable(CONFIG).map(Path::of).orElseGet(this::usual);
  }

  /** Which environment was chosen, and by what. */
  public record Choice(String name, String by) {}

  private Path usual() {
    return surroundings
        .variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .orElseGet(() -> surroundings.home().resolve(".config"))
        .resolve("slipway")
        .resolve("environments.yaml");
  }

  /** The file that describes teams' environments, whether it is there or not. */
  public Path file() {
    return file;
  }

  /** Those of the file, by name. */
  public Map<String, Description> teams() {
    return EnvironmentFile.read(file);
  }

  /**
   * The one that is meant.
   *
   * @param flag what {@code --env} says
   */
  public Choice choice(Optional<String> flag) {
    return flag.map(name -> new Choice(name, "--env"))
        .or(() -> surroundings.variable(ENV).map(name -> new Choice(name, ENV)))
        .or(() -> current().map(name -> new Choice(name, "'slipway env use'")))
        .orElseGet(() -> new Choice(Environment.LAPTOP, "nothing else being said"));
  }

  /**
   * Opens one.
   *
   * @param state folder of the laptop cloud's state
   * @throws Failure when there is none of that name, or no laptop cloud is running
   */
  public Environment open(String name, Path state) {
    return name.equals(Environment.LAPTOP)
        ? open(laptop(Laptop.whereRunning(state)), Laptop.option(state))
        : open(describe(name), " --env " + name);
  }

  private static Environment open(Description description, String flag) {
    return new Environment(
        description,
        new ConsoleApi(URI.create(description.console()), description.identities()),
        flag);
  }

  /** The team's environment of that name. */
  public Description describe(String name) {
    Map<String, Description> teams = teams();
    Description found = teams.get(name);
    if (found == null) {
      throw new Failure(
          "There is no environment '%s'%s. %s"
              .formatted(
                  name,
                  Nearest.of(name, teams.keySet()).map(n -> "; is it '" + n + "'?").orElse(""),
                  teams.isEmpty()
                      ? "Describe it in %s; docs/cli.md says how.".formatted(file)
                      : "%s has %s.".formatted(file, String.join(", ", teams.keySet()))));
    }
    return found;
  }

  private static Description laptop(Endpoints endpoints) {
    return new Description(
        Environment.LAPTOP,
        LaptopSetup.page(endpoints),
        LaptopSetup.UPLOADS,
        LaptopCloud.PROJECT,
        "",
        IdentitySource.AUTO,
        Optional.of(endpoints.http()));
  }

  /** Makes an environment the one that is meant where none is named. */
  public void use(String name) {
    if (!name.equals(Environment.LAPTOP)) {
      var unused = describe(name);
    }
    Path current = currentFile();
    try {
      Files.createDirectories(current.toAbsolutePath().getParent());
      Files.writeString(current, name + "\n");
    } catch (IOException e) {
      throw new Failure("Tried to write %s but failed: %s".formatted(current, e), e);
    }
  }

  private Path currentFile() {
    return file.resolveSibling("current-environment");
  }

  private Optional<String> current() {
    Path current = currentFile();
    try {
      return Files.exists(current)
          ? Optional.of(Files.readString(current).strip()).filter(name -> !name.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw new Failure("Tried to read %s but failed: %s".formatted(current, e), e);
    }
  }
}
