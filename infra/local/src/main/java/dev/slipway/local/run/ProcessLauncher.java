package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts instances as processes of this machine, kept to their image as far as it allows. */
final class ProcessLauncher implements Launcher {

  private final Isolation isolation;
  private final Leftovers leftovers;
  private Optional<Boolean> offline = Optional.empty();

  ProcessLauncher(Isolation isolation, Leftovers leftovers) {
    this.isolation = isolation;
    this.leftovers = leftovers;
  }

  @Override
  public Running launch(Launch launch) throws IOException {
    if (launch.offline() && !canDoWithoutNetwork()) {
      throw new IOException("this machine has no namespaces to run it in without a network");
    }
    List<String> command = isolation.command(launch);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment(builder.environment(), launch.env());
    if (isolation == Isolation.NONE) {
      Path dir = new Rootfs(launch.root()).follow(launch.workingDir());
      builder.directory(Files.isDirectory(dir) ? dir.toFile() : launch.root().toFile());
    } else {
      builder.directory(launch.root().toFile());
    }
    Process process = builder.start();
    leftovers.began(process.toHandle());
    var unused = process.onExit().thenAccept(ended -> leftovers.ended(ended.pid()));
    process.getOutputStream().close();
    return new Started(process, isolation, launch.log());
  }

  private synchronized boolean canDoWithoutNetwork() {
    if (offline.isEmpty()) {
      offline = Optional.of(isolation != Isolation.NONE && isolation.works(true));
    }
    return offline.get();
  }

  /** The loader's variables would steer the wrappers, which run outside the image. */
  private void environment(Map<String, String> target, Map<String, String> wanted) {
    target.clear();
    wanted.forEach(
        (name, value) -> {
          if (isolation == Isolation.NONE || !name.startsWith("LD_")) {
            target.put(name, value);
          }
        });
  }

  private static final class Started implements Running {

    private final Process process;
    private final Isolation isolation;
    private final CompletableFuture<Boolean> printed = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit;

    Started(Process process, Isolation isolation, Consumer<String> log) {
      this.process = process;
      this.isolation = isolation;
      Thread.ofPlatform().daemon().name("log-" + process.pid()).start(() -> pump(log));
      // A child that left the group may hold the pipe open: its output is waited for only briefly.
      exit =
          process
              .onExit()
              .thenCompose(
                  ended ->
                      printed
                          .completeOnTimeout(true, 1, TimeUnit.SECONDS)
                          .thenApply(all -> ended.exitValue()));
    }

    private void pump(Consumer<String> log) {
      try (BufferedReader output =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          log.accept(line);
        }
      } catch (IOException closed) {
        log.accept("(output closed: " + closed.getMessage() + ")");
      } finally {
        printed.complete(true);
      }
    }

    @Override
    public CompletableFuture<Integer> exit() {
      return exit;
    }

    /** A process that does not handle SIGTERM as its namespace's first would not even see it. */
    @Override
    public void terminate() {
      ProcessHandle app = app();
      if (isolation != Isolation.NONE && app != null && !Signals.handlesTerm(app.pid())) {
        kill();
      } else if (app != null) {
        app.destroy();
      }
    }

    /**
     * In a namespace the app takes all it started with it, and the wrapper ends after it: so the
     * wrapper's end says that nothing is left.
     */
    @Override
    public void kill() {
      ProcessHandle app = app();
      if (isolation != Isolation.NONE && app != null) {
        app.destroyForcibly();
        return;
      }
      List<ProcessHandle> all = new ArrayList<>();
      try (Stream<ProcessHandle> below = process.descendants()) {
        below.forEach(all::add);
      }
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }

    /** The app itself: beneath the outer {@code unshare} there is exactly one child. */
    private @Nullable ProcessHandle app() {
      if (isolation == Isolation.NONE) {
        return process.toHandle();
      }
      try (Stream<ProcessHandle> children = process.children()) {
        return children.findFirst().orElse(process.isAlive() ? process.toHandle() : null);
      }
    }

    @Override
    public List<Listening> listening() {
      return Listeners.of(process.toHandle());
    }

    @Override
    public boolean handlesTerm() {
      ProcessHandle app = app();
      return app == null || Signals.handlesTerm(app.pid());
    }

    @Override
    public OptionalLong memoryBytes() {
      try (Stream<ProcessHandle> below = process.descendants()) {
        return MemoryWatch.used(Stream.concat(Stream.of(process.toHandle()), below));
      }
    }
  }
}
