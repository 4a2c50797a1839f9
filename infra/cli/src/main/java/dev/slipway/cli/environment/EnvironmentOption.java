package dev.slipway.cli.environment;

import dev.slipway.cli.terminal.Surroundings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which environment a command is about: a mixin for every command that asks one. */
public final class EnvironmentOption {

  private static final Path USUAL = Path.of(".slipway");

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"--env", "-e"},
      paramLabel = "NAME",
      description =
          "The environment: laptop, or one that 'slipway env list' shows (default: SLIPWAY_ENV, or"
              + " what 'slipway env use' said, or laptop).")
  private @Nullable String name;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Folder of the laptop cloud's state (default: .slipway); means --env laptop.")
  private @Nullable Path folder;

  /** Every environment there is. */
  public Environments all() {
    if (command == null) {
      throw new IllegalStateException("picocli did not say whose option this is");
    }
    return new Environments(Surroundings.of(command));
  }

  /** The one that is meant, and by what. */
  public Environments.Choice choice() {
    boolean laptop = name == null && folder != null;
    return laptop
        ? new Environments.Choice(Environment.LAPTOP, "--state")
        : all().choice(Optional.ofNullable(name));
  }

  /** The laptop cloud's folder. */
  public Path state() {
    return (folder == null ? USUAL : folder).toAbsolutePath().normalize();
  }

  /** Opens the environment that is meant. */
  public Environment open() {
    return all().open(choice().name(), state());
  }
}
