package dev.slipway.cli;

import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.release.Nearest;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what was written wrongly and where to read more. All of the help would push it out of sight,
 * so that is shown only where a command has to be chosen.
 */
final class Misuse implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    Plain.message("slipway: " + wrong(e)).forEach(err::println);
    suggestion(e).ifPresent(err::println);
    if (hasCommands(e) && !(e instanceof UnmatchedArgumentException)) {
      e.getCommandLine().usage(err);
    } else {
      err.println("'" + name(e) + " --help' says how it is used.");
    }
    err.flush();
    return Exit.MISUSED;
  }

  private static String wrong(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched) || unmatched.isUnknownOption()) {
      return String.valueOf(e.getMessage());
    }
    String word = unmatched.getUnmatched().getFirst();
    return hasCommands(e)
        ? "There is no command '%s %s'.".formatted(name(e), word)
        : "'%s' is one argument too many.".formatted(word);
  }

  /** Picocli's own finds something like every word. */
  private static Optional<String> suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    if (unmatched.isUnknownOption()) {
      return Nearest.of(word, command.getCommandSpec().optionsMap().keySet())
          .map("Did you mean: %s"::formatted);
    }
    return Nearest.of(word, command.getSubcommands().keySet())
        .map(near -> "Did you mean: %s %s".formatted(name(e), near));
  }

  private static boolean hasCommands(ParameterException e) {
    return !e.getCommandLine().getSubcommands().isEmpty();
  }

  private static String name(ParameterException e) {
    CommandLine command = e.getCommandLine();
    return command.getCommandSpec().qualifiedName();
  }
}
