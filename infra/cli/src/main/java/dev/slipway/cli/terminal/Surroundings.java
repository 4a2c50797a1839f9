package dev.slipway.cli.terminal;

import java.io.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command is run from.
 *
 * @param variables the environment's variables
 * @param home the user's folder
 * @param terminal whether somebody looks on as it writes
 */
public record Surroundings(Map<String, String> variables, Path home, boolean terminal) {

  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 400;

  public Surroundings {
    variables = Map.copyOf(variables);
  }

  /** Something that knows what its commands are run from: the command line's root. */
  public interface Known {
    Surroundings surroundings();
  }

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(), home(System.getenv(), System.getProperty("user.home", ".")), isTerminal());
  }

  /** As shells take it: what {@code HOME} says, where Java asks the list of users. */
  static Path home(Map<String, String> variables, String listed) {
    String told = variables.getOrDefault("HOME", "");
    return Path.of(told.isBlank() ? listed : told);
  }

  /** From JDK 22 on there can be a console that is none, and it says so. */
  @SuppressWarnings("SystemConsoleNull") // a JDK 21 has none where nobody looks on
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException older) {
      return true;
    }
  }

  /** Nothing set and nobody looking on. */
  public static Surroundings none(Path home) {
    return new Surroundings(Map.of(), home, false);
  }

  /** These, with nobody looking on. */
  public Surroundings unwatched() {
    return new Surroundings(variables, home, false);
  }

  /** Those the command's root knows. */
  public static Surroundings of(CommandSpec spec) {
    return spec.root().userObject() instanceof Known known
        ? known.surroundings()
        : none(Path.of("."));
  }

  /** A variable that is set to something. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether output may be coloured: https://no-color.org, and not for what is no terminal. */
  public boolean colours() {
    return terminal
        && variable("NO_COLOR").isEmpty()
        && variable("TERM").filter(term -> !term.equals("dumb")).isPresent();
  }

  /** Columns of the terminal, as {@code COLUMNS} says; else 80. */
  public int width() {
    return variable("COLUMNS")
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(Integer::parseInt)
        .map(columns -> Math.clamp(columns, LEAST_WIDTH, MOST_WIDTH))
        .orElse(USUAL_WIDTH);
  }
}
