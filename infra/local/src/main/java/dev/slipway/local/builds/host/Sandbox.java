package dev.slipway.local.builds.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts limits around a command as far as this machine has the means: the network off and a process
 * tree that dies as one ({@code unshare}), and bounds on processor time, file size, processes
 * ({@code prlimit}, or the shell's {@code ulimit}). It keeps honest builds honest; it does not hide
 * the user's files from a hostile one.
 */
final class Sandbox {

  private static final List<List<String>> ISOLATIONS =
      List.of(
          List.of("unshare", "-rnpf", "--kill-child", "--mount-proc", "--"),
          List.of("unshare", "-rn", "--"),
          List.of("unshare", "-n", "--"));

  /** A new network has its loopback down; tests of services listen on it, and a container's is up. */
  private static final List<String> WITH_LOOPBACK =
      List.of(
          "/bin/sh", "-c", "PATH=\"$PATH:/usr/sbin:/sbin\" ip link set lo up && exec \"$0\" \"$@\"");

  private static final long LARGEST_FILE_BYTES = 4L << 30;
  private static final long MOST_PROCESSES = 8192;

  /** For each process; cargo keeps what a build script prints in memory, however much that is. */
  private static final long MOST_MEMORY_BYTES = 8L << 30;

  private final List<String> isolation;
  private final boolean prlimit;

  private Sandbox(List<String> isolation, boolean prlimit) {
    this.isolation = isolation;
    this.prlimit = prlimit;
  }

  /** Tries what this machine has; a few milliseconds. */
  static Sandbox probe() {
    List<String> isolation =
        ISOLATIONS.stream().filter(Sandbox::works).findFirst().orElse(List.of());
    List<String> withLoopback = new ArrayList<>(isolation);
    withLoopback.addAll(WITH_LOOPBACK);
    if (!isolation.isEmpty() && works(withLoopback)) {
      isolation = withLoopback;
    }
    return new Sandbox(isolation, works(List.of("prlimit", "--nofile", "--")));
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the build's log says about it. */
  String describe() {
    return isolation.isEmpty()
        ? "WARNING: this machine cannot turn the network off for build scripts (no unshare)"
        : "network off while the crate is built (" + String.join(" ", isolation.subList(0, 2)) + ")";
  }

  /** The command within limits, still with the network. */
  List<String> limited(List<String> command, long cpuSeconds) {
    List<String> limited = new ArrayList<>();
    if (prlimit) {
      limited.addAll(
          List.of(
              "prlimit",
              "--core=0",
              "--cpu=" + cpuSeconds,
              "--fsize=" + LARGEST_FILE_BYTES,
              "--nproc=" + MOST_PROCESSES,
              "--data=" + MOST_MEMORY_BYTES,
              "--"));
    } else if (Files.isExecutable(Path.of("/bin/sh"))) {
      String ulimit =
          "ulimit -c 0; ulimit -t %d; ulimit -f %d; exec \"$0\" \"$@\""
              .formatted(cpuSeconds, LARGEST_FILE_BYTES / 512);
      limited.addAll(List.of("/bin/sh", "-c", ulimit));
    }
    limited.addAll(command);
    return limited;
  }

  /** The command within limits and, where this machine can, without network. */
  List<String> isolated(List<String> command, long cpuSeconds) {
    List<String> isolated = new ArrayList<>(isolation);
    isolated.addAll(command);
    return limited(isolated, cpuSeconds);
  }

  static Optional<Path> onPath(String program, String path) {
    for (String folder : path.split(java.io.File.pathSeparator, -1)) {
      Path file = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
