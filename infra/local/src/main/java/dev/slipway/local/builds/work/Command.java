package dev.slipway.local.builds.work;

import dev.slipway.local.builds.BuildLog;
import dev.slipway.local.builds.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program to run.
 *
 * @param words the program and its arguments
 * @param folder where it runs
 * @param environment all of its environment
 */
public record Command(List<String> words, Path folder, Map<String, String> environment) {

  private static final int LONGEST_LINE = 64 << 20;
  private static final int LONGEST_LOG_LINE = 64 << 10;

  /** Who listens to a program. */
  public record Ears(BuildLog log, Cancellation cancellation, Consumer<String> out, Consumer<String> err) {

    public Ears(BuildLog log, Cancellation cancellation) {
      this(log, cancellation, line -> {}, line -> {});
    }

    public Ears out(Consumer<String> lines) {
      return new Ears(log, cancellation, lines, err);
    }

    public Ears err(Consumer<String> lines) {
      return new Ears(log, cancellation, out, lines);
    }
  }

  /**
   * Runs it to its end: its error output goes to the log, and line by line to who listens; its
   * output to the listener only.
   *
   * @return its exit code
   * @throws Stopped when the build was cancelled; the program and all it started are gone then
   * @throws Refusal when it printed more than the log may hold
   */
  public int run(Ears ears) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    int exit;
    Runnable forget = ears.cancellation().onCancel(() -> kill(process));
    try {
      Thread errors = Thread.startVirtualThread(() -> readErrors(process, ears));
      readQuietly(process.getInputStream(), LONGEST_LINE, ears.out());
      errors.join();
      exit = process.waitFor();
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new Stopped();
    } finally {
      forget.run();
    }
    if (ears.cancellation().isCancelled()) {
      throw new Stopped();
    }
    if (ears.log().isFull()) {
      throw new Refusal("The build was ended: it printed more than its log may hold.");
    }
    return exit;
  }

  private static void readErrors(Process process, Ears ears) {
    readQuietly(
        process.getErrorStream(),
        LONGEST_LOG_LINE,
        line -> {
          ears.log().line(line);
          ears.err().accept(line);
          if (ears.log().isFull()) {
            kill(process);
          }
        });
  }

  /** Ends a process and all it started, those that start meanwhile included. */
  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    while (!children.isEmpty()) {
      children.forEach(ProcessHandle::destroyForcibly);
      children =
          children.stream()
              .flatMap(ProcessHandle::descendants)
              .filter(ProcessHandle::isAlive)
              .toList();
    }
  }

  private static void readQuietly(InputStream in, int longest, Consumer<String> lines) {
    try {
      read(in, longest, lines);
    } catch (IOException closed) {
      // the program was killed: what it printed until then has been read
    }
  }

  /** Hands on each line; one longer than {@code longest} bytes comes in pieces. */
  private static void read(InputStream in, int longest, Consumer<String> lines)
      throws IOException {
    var line = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      int start = 0;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, start, i - start);
          lines.accept(line.toString(StandardCharsets.UTF_8));
          line.reset();
          start = i + 1;
        }
      }
      line.write(buffer, start, read - start);
      if (line.size() >= longest) {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      }
    }
    if (line.size() > 0) {
      lines.accept(line.toString(StandardCharsets.UTF_8));
    }
  }
}
