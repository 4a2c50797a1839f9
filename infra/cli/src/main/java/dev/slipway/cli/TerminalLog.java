package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.cli.terminal.Plain;
import dev.slipway.local.state.IoReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a laptop cloud warns of: a line each for the person at the terminal, the whole of it, with
 * where in the code, in a file.
 */
final class TerminalLog extends Handler {

  private static final long MAX_BYTES = 1 << 20;

  /** Requests that a revision did not answer, which the revision's own log has. */
  private static final Logger UNANSWERED = Logger.getLogger("io.undertow.proxy");

  private final PrintWriter err;
  private final Path file;

  private TerminalLog(PrintWriter err, Path file) {
    this.err = err;
    this.file = file;
    setFormatter(new SimpleFormatter());
    setLevel(Level.WARNING);
  }

  /** Has this process log so from now on. The functions' own logs go on, into their file. */
  static void begin(PrintWriter err, Path state) {
    UNANSWERED.setLevel(Level.OFF);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new TerminalLog(err, state.resolve("logs").resolve("up.log")));
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (isLoggable(record)) {
      err.println(line(record) + " (" + kept(getFormatter().format(record)) + ")");
      err.flush();
    }
  }

  private String line(LogRecord record) {
    StringBuilder text = new StringBuilder(getFormatter().formatMessage(record));
    for (@Nullable Throwable e = record.getThrown(); e != null; e = e.getCause()) {
      text.append(": ").append(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
    }
    return Plain.line(text.toString());
  }

  /** Keeps a text and says where; a full disk is no reason to say nothing. */
  private String kept(String text) {
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
        Path older = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return "more in " + file;
    } catch (IOException e) {
      return "more would be in %s, but: %s".formatted(file, IoReason.of(e));
    }
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
