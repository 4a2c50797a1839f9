package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminalLogTest {

  @TempDir Path state;

  private final StringWriter err = new StringWriter();
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Handler[] handlers = root.getHandlers();

  @AfterEach
  void logAsBefore() {
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    for (Handler handler : handlers) {
      root.addHandler(handler);
    }
    root.setLevel(level);
  }

  @Test
  void aFailureIsALineOnTheTerminalAndItsTraceIsInAFile() throws Exception {
    TerminalLog.begin(new PrintWriter(err), state);

    Logger.getLogger("invoker")
        .log(
            Level.SEVERE,
            "Failed to execute Deploy",
            new IllegalStateException("Tried to\nmove", new RuntimeException("no \u001B[31mdisk")));

    Path file = state.resolve("logs/up.log");
    assertThat(err.toString().lines())
        .containsExactly(
            "Failed to execute Deploy: Tried to move: no disk (more in " + file + ")");
    assertThat(Files.readString(file)).contains("IllegalStateException").contains("\tat ");
  }

  @Test
  void whereTheFileCannotBeWrittenTheLineIsAllThatIsShown() throws Exception {
    Files.createFile(state.resolve("logs"));
    TerminalLog.begin(new PrintWriter(err), state);

    Logger.getLogger("invoker").log(Level.SEVERE, "no disk", new IllegalStateException("full"));

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("no disk: full (more would be in ")
        .contains(state.resolve("logs") + " is there already");
  }

  @Test
  void whatIsOnlyOfInterestIsNotShown() {
    TerminalLog.begin(new PrintWriter(err), state);

    Logger.getLogger("anybody").info("a build began");

    assertThat(err.toString()).isEmpty();
  }
}
