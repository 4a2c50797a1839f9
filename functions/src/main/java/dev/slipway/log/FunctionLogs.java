package dev.slipway.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where a function's log lines go. */
public sealed interface FunctionLogs {

  /** Does the work of one invocation; what it logs is this function's. */
  <T> T during(Supplier<T> invocation);

  /** Leaves logging as it is. */
  static FunctionLogs unchanged() {
    return new Unchanged();
  }

  /** Writes every record of this process to {@code out}, where Cloud Run reads lines of JSON. */
  static FunctionLogs to(PrintStream out, JsonLines lines) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new Printing(out, lines));
    return new Unchanged();
  }

  /**
   * Writes what is logged during invocations to a file, for a process that hosts functions among
   * other things.
   */
  static FunctionLogs to(Path file, JsonLines lines) {
    return new Filed(file, lines);
  }

  /** Logging as the process has it. */
  record Unchanged() implements FunctionLogs {
    @Override
    public <T> T during(Supplier<T> invocation) {
      return invocation.get();
    }
  }

  /** Lines to a stream. */
  final class Printing extends Handler {

    private final PrintStream out;

    Printing(PrintStream out, JsonLines lines) {
      this.out = out;
      setFormatter(lines);
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        out.print(getFormatter().format(record));
        out.flush();
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }

  /** Lines to a file, of the threads that are in an invocation, and while there is one only. */
  final class Filed implements FunctionLogs {

    private static final long MAX_BYTES = 8 << 20;

    /** Held here because java.util.logging would otherwise forget its level. */
    private static final Logger OURS = Logger.getLogger("dev.slipway");

    private final Path file;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final Handler handler;
    private int invocations;

    Filed(Path file, JsonLines lines) {
      this.file = file;
      handler = new Filing(lines);
      if (OURS.getLevel() == null) {
        OURS.setLevel(Level.INFO);
      }
    }

    @Override
    public <T> T during(Supplier<T> invocation) {
      begin();
      inside.set(true);
      try {
        return invocation.get();
      } finally {
        inside.remove();
        end();
      }
    }

    /** The handler is there while it is needed: loggers outlive those who host functions. */
    private synchronized void begin() {
      if (invocations++ == 0) {
        Logger.getLogger("").addHandler(handler);
      }
    }

    private synchronized void end() {
      if (--invocations == 0) {
        Logger.getLogger("").removeHandler(handler);
      }
    }

    private synchronized void append(String line) throws IOException {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
        Files.move(
            file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private final class Filing extends Handler {

      Filing(JsonLines lines) {
        setFormatter(lines);
      }

      @Override
      public void publish(LogRecord record) {
        if (!inside.get() || !isLoggable(record)) {
          return;
        }
        try {
          append(getFormatter().format(record));
        } catch (IOException e) {
          reportError("writing " + file, e, ErrorManager.WRITE_FAILURE);
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    }
  }
}
