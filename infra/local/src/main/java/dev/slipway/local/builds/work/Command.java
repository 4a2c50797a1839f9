package dev.slipway.local.builds.work;

import dev.slipway.local.builds.BuildLog;
import dev.slipway.local.builds.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Who listens to a program, and who looks after it.
   *
   * @param out told each line of its output
   * @param err told each line of its error output
   */
  public record Ears(
      BuildLog log,
      Cancellation cancellation,
      Guard guard,
      Consumer<String> out,
      Consumer<String> err) {

    public Ears(BuildLog log, Cancellation cancellation, Guard guard) {
      this(log, cancellation, guard, line -> {}, log::line);
    }

    public Ears out(Consumer<String> lines) {
      return new Ears(log, cancellation, guard, lines, err);
    }

    /** Has {@code lines} told the error output besides. */
    public Ears err(Consumer<String> lines) {
      return new Ears(log, cancellation, guard, out, err.andThen(lines));
    }

    /** Keeps the error output out of the log. */
    public Ears quietly() {
      return new Ears(log, cancellation, guard, out, line -> {});
    }
  }

  /**
   * Runs it to its end: its error output goes to the log, unless that is not wanted, and line by
   * line to who listens; its output to the listener only.
   *
   * @return its exit code
   * @throws Stopped when the build was cancelled; the program and all it started are gone then
   * @throws Refusal when it printed more than the log may hold, or used more than it may
   */
  public int run(Ears ears) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    int exit;
    Guard.Watch watch = ears.guard().over(process, () -> kill(process));
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
      watch.close();
    }
    if (ears.cancellation().isCancelled()) {
      throw new Stopped();
    }
    Optional<String> excess = watch.excess();
    if (excess.isPresent()) {
      throw new Refusal("The build was ended: %s.".formatted(excess.get()));
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
