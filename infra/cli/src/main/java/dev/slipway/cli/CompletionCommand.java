package dev.slipway.cli;

import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what teaches a shell the command's words. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script that completes slipway's words in your shell.",
    footer = {
      "",
      "In ~/.bashrc or ~/.zshrc:",
      "  source <(slipway completion bash)",
      "  source <(slipway completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** The shells that are known. */
  enum Shell {
    BASH,
    ZSH
  }

  /** The script finds out itself which of the two reads it; others are refused. */
  @SuppressWarnings("UnusedVariable")
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    Screen screen = Screen.of(spec, false);
    screen.text("", AutoComplete.bash("slipway", spec.root().commandLine()));
    return Exit.DONE;
  }
}
