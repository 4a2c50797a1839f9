package dev.slipway.cli;

import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.release.ActCommand;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.release.Command;
import dev.slipway.local.server.PortInUseException;
import dev.slipway.local.state.StateException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** Runs the command line; {@link Exit} has what its exit codes mean. */
public final class Main {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Surroundings surroundings;

  /** Runs it with nothing set and nobody looking on. */
  Main(PrintWriter out, PrintWriter err) {
    this(out, err, Surroundings.none(Path.of("no-home")));
  }

  Main(PrintWriter out, PrintWriter err, Surroundings surroundings) {
    this.out = out;
    this.err = err;
    this.surroundings = surroundings;
  }

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Main(out, err, Surroundings.ofProcess()).run(args));
  }

  int run(String... args) {
    return commands(surroundings)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(new Misuse())
        .setExecutionExceptionHandler((e, line, parsed) -> explain(e))
        .execute(args);
  }

  /** Every command. */
  static CommandLine commands(Surroundings surroundings) {
    CommandLine root = new CommandLine(new SlipwayCommand(surroundings));
    for (Command.Kind kind : Command.Kind.values()) {
      CommandLine command = ActCommand.of(kind);
      root.addSubcommand(command.getCommandName(), command);
    }
    return Topics.group(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false);
  }

  /** What went wrong, in words; where it is a defect of ours, with where. */
  private int explain(Exception e) {
    switch (e) {
      case Failure failure -> say(failure);
      case ApiFailure refused -> say(refused);
      case StateException state -> say(state);
      case PortInUseException port -> say(port);
      default -> {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        err.println("slipway: this is a defect of Slipway's, please report it:");
        Plain.lines(trace.toString()).forEach(err::println);
      }
    }
    err.flush();
    return e instanceof ApiFailure refused && refused.isConflict() ? Exit.REFUSED : Exit.FAILED;
  }

  private void say(RuntimeException e) {
    Plain.message("slipway: " + e.getMessage()).forEach(err::println);
  }
}
