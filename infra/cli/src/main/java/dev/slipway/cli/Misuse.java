package dev.slipway.cli;

import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Plain;
import java.io.PrintWriter;
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
    if (e instanceof UnmatchedArgumentException) {
      var unused = UnmatchedArgumentException.printSuggestions(e, err);
    }
    if (hasCommands(e) && !(e instanceof UnmatchedArgumentException)) {
      e.getCommandLine().usage(err);
    } else {
      err.println("'" + name(e) + " --help' says how it is used.");
    }
    err.flush();
    return Exit.MISUSED;
  }

  private static String wrong(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && hasCommands(e)
            && !unmatched.isUnknownOption()
        ? "There is no command '%s %s'.".formatted(name(e), unmatched.getUnmatched().getFirst())
        : String.valueOf(e.getMessage());
  }

  private static boolean hasCommands(ParameterException e) {
    return !e.getCommandLine().getSubcommands().isEmpty();
  }

  private static String name(ParameterException e) {
    CommandLine command = e.getCommandLine();
    return command.getCommandSpec().qualifiedName();
  }
}
