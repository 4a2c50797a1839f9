package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.run.StartupWatch.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ends a process that takes more memory than its revision may, as Cloud Run does. It looks each
 * second where more than half is taken, and ever more seldom, to once in four seconds, where less
 * is: a look goes through every process of the machine.
 */
final class MemoryWatch {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static final Pattern LIMIT = Pattern.compile("(\\d{1,12})([KMGT]i?)?");
  private static final Pattern OWN = Pattern.compile("(?m)^Rss(?:Anon|Shmem):\\s+(\\d+) kB$");

  private final Timing timing;
  private final RunLog log;
  private final Revision revision;
  private final Running running;
  private final long limit;
  private Duration pause = SHORTEST;

  MemoryWatch(Timing timing, RunLog log, Revision revision, Running running) {
    this.timing = timing;
    this.log = log;
    this.revision = revision;
    this.running = running;
    limit = bytes(revision.getContainers(0).getResources().getLimitsOrDefault("memory", ""));
  }

  /** A quantity such as {@code 512Mi}; one that cannot be read is no limit. */
  static long bytes(String quantity) {
    Matcher matcher = LIMIT.matcher(quantity);
    if (!matcher.matches()) {
      return Long.MAX_VALUE;
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    long base = unit.endsWith("i") ? 1024 : 1000;
    long bytes = Long.parseLong(matcher.group(1));
    for (int i = unit.isEmpty() ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1; i > 0; i--) {
      bytes *= base;
    }
    return bytes;
  }

  /** The memory of its own that processes hold, files they map left out. */
  static OptionalLong used(Stream<ProcessHandle> processes) {
    return OptionalLong.of(processes.mapToLong(p -> used(p.pid())).sum());
  }

  private static long used(long pid) {
    try {
      Matcher line = OWN.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      long kilobytes = 0;
      while (line.find()) {
        kilobytes += Long.parseLong(line.group(1));
      }
      return kilobytes << 10;
    } catch (IOException gone) {
      return 0;
    }
  }

  void begin() {
    if (running.memoryBytes().isPresent()) {
      timing.scheduler().schedule(pause, this::look);
    }
  }

  private static Duration longer(Duration pause) {
    return pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
  }

  private void look() {
    if (running.exit().isDone()) {
      return;
    }
    long used = running.memoryBytes().orElse(0);
    if (used > limit) {
      log.outOfMemory(revision.getName(), limit, used);
      running.kill();
    } else {
      pause = used > limit / 2 ? SHORTEST : longer(pause);
      timing.scheduler().schedule(pause, this::look);
    }
  }
}
