package dev.slipway.cli;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.local.server.PortInUseException;
import dev.slipway.local.state.StateException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Runs the command line; the exit code is 0 when done, 1 when it failed, 2 when misused. */
public final class Main {

  private final PrintWriter out;
  private final PrintWriter err;

  Main(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Main(out, err).run(args));
  }

  int run(String... args) {
    return new CommandLine(new SlipwayCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setExecutionExceptionHandler((e, line, parsed) -> explain(e))
        .execute(args);
  }

  /** What went wrong, in words; where it is a defect of ours, with where. */
  private int explain(Exception e) {
    switch (e) {
      case Failure failure -> err.println("slipway: " + failure.getMessage());
      case StateException state -> err.println("slipway: " + state.getMessage());
      case PortInUseException port -> err.println("slipway: " + port.getMessage());
      default -> {
        err.println("slipway: this is a defect of Slipway's, please report it:");
        e.printStackTrace(err);
      }
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Only what a person at the terminal must see. */
  static void quietLogs() {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    for (Handler handler : root.getHandlers()) {
      // The functions' own logs go on, into a file.
      handler.setLevel(Level.WARNING);
    }
  }
}
