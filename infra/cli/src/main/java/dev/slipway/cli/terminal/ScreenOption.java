package dev.slipway.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --json}, and the screen it makes: a mixin for every command that answers. */
public final class ScreenOption {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  /** The command's screen. */
  public Screen screen() {
    if (command == null) {
      throw new IllegalStateException("picocli did not say whose option this is");
    }
    return Screen.of(command, json);
  }
}
