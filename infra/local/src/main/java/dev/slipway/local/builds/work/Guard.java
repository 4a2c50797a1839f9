package dev.slipway.local.builds.work;

import dev.slipway.local.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks after programs that run a crate's code, once a second: one that fills the disk or starts
 * processes without end is ended. For what no limit of the operating system is to be had for an
 * ordinary user.
 *
 * @param folder where programs write
 * @param limits what they may use
 */
public record Guard(Scheduler scheduler, Path folder, Limits limits) {

  private static final Duration EVERY = Duration.ofSeconds(1);

  /**
   * What a build may use.
   *
   * @param diskBytes by how much its folder may grow while one program runs
   * @param processes how many there may be at a time
   */
  public record Limits(long diskBytes, int processes) {

    /** Ample for the largest workspaces. */
    public static final Limits AMPLE = new Limits(16L << 30, 2000);
  }

  /** Looks after {@code process} until closed; {@code kill} ends it and all it started. */
  Watch over(Process process, Runnable kill) {
    new LastProgram(folder).began(process.toHandle());
    Watch watch = new Watch(process, kill, freeBytes());
    watch.next();
    return watch;
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("asking how full the disk of " + folder + " is failed", e);
    }
  }

  /** All files below the folder; what vanishes meanwhile does not count. */
  private long usedBytes() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException vanished) {
      return 0;
    }
  }

  /** One program being looked after. */
  final class Watch implements AutoCloseable {

    private final Process process;
    private final Runnable kill;
    private final long freeAtFirst;
    private Scheduler.@Nullable Task task;
    private @Nullable String excess;
    private boolean closed;

    private Watch(Process process, Runnable kill, long freeAtFirst) {
      this.process = process;
      this.kill = kill;
      this.freeAtFirst = freeAtFirst;
    }

    private synchronized void next() {
      if (!closed) {
        task = scheduler.schedule(EVERY, this::look);
      }
    }

    private void look() {
      Optional<String> found = found();
      if (found.isEmpty()) {
        next();
        return;
      }
      synchronized (this) {
        excess = found.get();
      }
      kill.run();
    }

    private Optional<String> found() {
      if (process.descendants().limit(limits.processes() + 1L).count() > limits.processes()) {
        return Optional.of("it ran more than %d processes".formatted(limits.processes()));
      }
      // Others fill the disk as well, and counting takes longer: so only where there is a suspicion.
      boolean suspicious = freeAtFirst - freeBytes() > limits.diskBytes();
      if (suspicious && usedBytes() > limits.diskBytes()) {
        return Optional.of("it wrote more than %d MiB".formatted(limits.diskBytes() >> 20));
      }
      return Optional.empty();
    }

    /** What the program did too much of, when it was ended for it. */
    synchronized Optional<String> excess() {
      return Optional.ofNullable(excess);
    }

    @Override
    public synchronized void close() {
      closed = true;
      new LastProgram(folder).ended();
      if (task != null) {
        task.cancel();
      }
    }
  }
}
