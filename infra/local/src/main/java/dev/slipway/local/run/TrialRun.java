package dev.slipway.local.run;

import dev.slipway.local.run.Launcher.Listening;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.run.StartupWatch.Timing;
import dev.slipway.local.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One process, started without a network to see where it listens, and then stopped as an instance
 * is: SIGTERM, and ten seconds later SIGKILL. One that SIGTERM does not reach is not waited for.
 */
public final class TrialRun {

  /** One that takes longer to listen waits for something that is not there. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Programs listen first and set their handlers an instant later. */
  private static final Duration UNTIL_HANDLED = Duration.ofMillis(200);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(4);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(64);
  private static final int KILLED = 137;
  private static final int MOST_LINES = 10;
  private static final int LONGEST_LINE = 500;

  private final Timing timing;
  private final Duration grace;
  private final CompletableFuture<Ended> result = new CompletableFuture<>();
  private final Deque<String> tail = new ArrayDeque<>();

  private @Nullable Running running;
  private Instant began;
  private List<Listening> listens = List.of();
  private boolean handled;
  private boolean killed;
  private @Nullable Instant listening;
  private @Nullable Instant told;
  private Scheduler.@Nullable Task end;

  /**
   * @param grace between SIGTERM and SIGKILL
   */
  TrialRun(Timing timing, Duration grace) {
    this.timing = timing;
    this.grace = grace;
    began = timing.clock().instant();
  }

  /**
   * How it ended.
   *
   * @param listens where it listened, {@code 0.0.0.0:8080}; empty where it did not in time
   * @param handlesTerm whether SIGTERM reached it
   * @param exitCode empty where it was ended by force without having been sent SIGTERM
   * @param stop from SIGTERM to its end; empty where it was sent none
   * @param tail the last lines it printed
   */
  public record Ended(
      List<String> listens,
      boolean handlesTerm,
      Optional<Integer> exitCode,
      Optional<Duration> stop,
      List<String> tail) {

    public Ended {
      listens = List.copyOf(listens);
      tail = List.copyOf(tail);
    }
  }

  /** Completes once the process is gone; with an exception where it could not be started. */
  public CompletableFuture<Ended> result() {
    return result;
  }

  /** Ends it now. */
  public synchronized void kill() {
    killed = true;
    if (running != null) {
      running.kill();
    }
  }

  void failed(Exception why) {
    result.completeExceptionally(why);
  }

  synchronized void prints(String line) {
    if (tail.size() == MOST_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line);
  }

  void watch(Running process) {
    synchronized (this) {
      running = process;
      began = timing.clock().instant();
      if (killed) {
        process.kill();
      }
    }
    var unused = process.exit().thenAccept(this::ended);
    look();
  }

  private synchronized void look() {
    Running process = running;
    if (process == null || killed || result.isDone()) {
      return;
    }
    Instant now = timing.clock().instant();
    if (listening == null) {
      listens = process.listening();
      listening = listens.isEmpty() ? null : now;
    }
    handled = listening != null && process.handlesTerm();
    if (handled) {
      told = timing.clock().instant();
      process.terminate();
      end = timing.scheduler().schedule(grace, this::kill);
    } else if (isOver(now)) {
      kill();
    } else {
      timing.scheduler().schedule(pause(now), this::look);
    }
  }

  /** A quarter of the time it has run: what is seen is seen at most so much too late. */
  private Duration pause(Instant now) {
    Duration pause = Duration.between(began, now).dividedBy(4);
    return pause.compareTo(SHORTEST_PAUSE) < 0
        ? SHORTEST_PAUSE
        : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private boolean isOver(Instant now) {
    return listening == null
        ? now.isAfter(began.plus(PATIENCE))
        : now.isAfter(listening.plus(UNTIL_HANDLED));
  }

  private void ended(int code) {
    Ended ended;
    synchronized (this) {
      if (end != null) {
        end.cancel();
      }
      Optional<Duration> stop =
          Optional.ofNullable(told).map(t -> Duration.between(t, timing.clock().instant()));
      Optional<Integer> exit =
          !killed ? Optional.of(code) : stop.isPresent() ? Optional.of(KILLED) : Optional.empty();
      ended =
          new Ended(
              listens.stream().map(Listening::toString).distinct().toList(),
              handled,
              exit,
              stop,
              List.copyOf(tail));
    }
    result.complete(ended);
  }
}
