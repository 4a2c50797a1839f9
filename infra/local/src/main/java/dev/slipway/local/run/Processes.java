package dev.slipway.local.run;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A launcher that knows every process it started, so that none outlives it. */
final class Processes implements Launcher, AutoCloseable {

  private static final int GRACE_AT_CLOSE_SECONDS = 2;

  private final Launcher launcher;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private boolean closed;

  Processes(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public synchronized Running launch(Launch launch) throws IOException {
    if (closed) {
      throw new IOException("the laptop cloud is stopping");
    }
    Running process = launcher.launch(launch);
    running.add(process);
    var unused = process.exit().whenComplete((code, failure) -> running.remove(process));
    return process;
  }

  /** Ends every process, and returns when none is left. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    List<Running> left = List.copyOf(running);
    left.forEach(Running::terminate);
    awaitExit(left);
    List.copyOf(running).forEach(Running::kill);
    awaitExit(left);
  }

  private static void awaitExit(List<Running> processes) {
    CompletableFuture<?>[] exits =
        processes.stream().map(Running::exit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(GRACE_AT_CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException stubborn) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process's exit cannot fail", e);
    }
  }
}
