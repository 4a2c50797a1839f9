package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import dev.slipway.local.run.StartupWatch.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one instance of a revision: started by the first request, kept while it is used, stopped when
 * it was idle for long. A request is admitted to a process that serves and holds it until released;
 * a process that is to stop gets no more requests and ends when it holds none. So a request that
 * comes while one process stops is served by the next.
 */
final class Instance {

  /** So that a process that ends as soon as it is ready does not keep the machine busy. */
  private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(1);

  private final Revision revision;
  private final Startup startup;
  private final RunSettings settings;
  private final Timing timing;

  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private final List<Consumer<Startup.Outcome>> watchers = new ArrayList<>();
  private boolean starting;
  private boolean pinned;
  private boolean retired;
  private @Nullable Life current;

  Instance(Revision revision, Startup startup, RunSettings settings, Timing timing) {
    this.revision = revision;
    this.startup = startup;
    this.settings = settings;
    this.timing = timing;
  }

  /** A request that wants to be served; told once, on any thread. */
  interface Waiter {

    /** Whether it has given up; then it is told nothing. */
    boolean gone();

    void admitted(Lease lease);

    void refused();
  }

  /** A request's hold on a process. */
  interface Lease {
    int port();

    /** Lets go; a second call does nothing. */
    void release();

    /** Lets go of a process that takes no connections any more; it gets no further requests. */
    void broken();
  }

  Revision revision() {
    return revision;
  }

  /** Serves {@code waiter} as soon as there is a process with room for it. */
  void admit(Waiter waiter) {
    boolean refused;
    synchronized (this) {
      refused = retired;
      if (!refused) {
        waiting.add(waiter);
      }
    }
    if (refused) {
      waiter.refused();
    } else {
      turn();
    }
  }

  /** Starts it unless it runs; {@code watcher} is told how the start ended. */
  void start(Consumer<Startup.Outcome> watcher) {
    Life life;
    synchronized (this) {
      life = current;
      if (life == null) {
        watchers.add(watcher);
        ensureStarted();
      }
    }
    if (life != null) {
      watcher.accept(life.ready);
    }
  }

  /** Keeps it running without requests, or no longer. */
  void pin(boolean keep) {
    synchronized (this) {
      pinned = keep;
      if (keep && !retired) {
        ensureStarted();
      } else if (!keep && current != null) {
        current.touch();
      }
    }
  }

  /** Takes no more requests and stops once those it has are answered. */
  void retire() {
    List<Waiter> left;
    synchronized (this) {
      retired = true;
      left = List.copyOf(waiting);
      waiting.clear();
      if (current != null) {
        current.drain();
      }
    }
    left.forEach(Waiter::refused);
  }

  private synchronized void ensureStarted() {
    if (current != null || starting || retired) {
      return;
    }
    starting = true;
    startup.begin(revision, this::started);
  }

  private synchronized void ensurePinned() {
    if (pinned) {
      ensureStarted();
    }
  }

  private void started(Startup.Outcome outcome) {
    List<Consumer<Startup.Outcome>> told;
    List<Waiter> refused = List.of();
    synchronized (this) {
      starting = false;
      told = List.copyOf(watchers);
      watchers.clear();
      switch (outcome) {
        case Startup.Ready ready -> live(ready);
        case Startup.Failed failed -> {
          refused = List.copyOf(waiting);
          waiting.clear();
        }
      }
    }
    told.forEach(watcher -> watcher.accept(outcome));
    refused.forEach(Waiter::refused);
    turn();
  }

  private void live(Startup.Ready ready) {
    Life life = new Life(ready);
    current = life;
    var unused =
        ready.running().exit().thenAccept(code -> timing.scheduler().soon(() -> ended(life, code)));
    life.touch();
    if (retired) {
      life.drain();
    }
  }

  /** A process is gone, asked to or not; one that is wanted is started again. */
  private void ended(Life life, int code) {
    synchronized (this) {
      life.gone = true;
      if (!life.draining) {
        startup.exited(revision, code);
      }
      if (current == life) {
        current = null;
        if (!waiting.isEmpty()) {
          ensureStarted();
        } else if (pinned) {
          timing.scheduler().schedule(PAUSE_BEFORE_RESTART, this::ensurePinned);
        }
      }
    }
  }

  /** Admits who waits, as far as there is room. */
  private void turn() {
    for (Optional<Runnable> next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  private synchronized Optional<Runnable> next() {
    waiting.removeIf(Waiter::gone);
    Waiter first = waiting.peek();
    if (first == null) {
      return Optional.empty();
    }
    Life life = current;
    if (life == null) {
      ensureStarted();
      return Optional.empty();
    }
    if (life.held >= revision.getMaxInstanceRequestConcurrency()) {
      return Optional.empty();
    }
    waiting.remove();
    Lease lease = life.hold();
    return Optional.of(() -> first.admitted(lease));
  }

  /** One process of the instance, from ready to gone. Guarded by the instance. */
  private final class Life {

    private final Startup.Ready ready;
    private int held;
    private boolean draining;
    private boolean gone;
    private boolean watched;
    private Instant lastUse;

    Life(Startup.Ready ready) {
      this.ready = ready;
      lastUse = timing.clock().instant();
    }

    Lease hold() {
      held++;
      return new Lease() {
        private boolean released;

        @Override
        public int port() {
          return ready.port();
        }

        @Override
        public void release() {
          synchronized (Instance.this) {
            if (released) {
              return;
            }
            released = true;
            held--;
            touch();
            stopIfDrained();
          }
          turn();
        }

        @Override
        public void broken() {
          synchronized (Instance.this) {
            if (!draining) {
              drain();
            }
          }
          release();
        }
      };
    }

    /** Notes a use and sees to it that idleness will be noticed, by one timer at a time. */
    void touch() {
      lastUse = timing.clock().instant();
      if (!watched) {
        watched = true;
        timing.scheduler().schedule(settings.idle(), this::look);
      }
    }

    private void look() {
      synchronized (Instance.this) {
        watched = false;
        if (gone || draining || pinned || held > 0) {
          return;
        }
        Duration left =
            Duration.between(timing.clock().instant(), lastUse.plus(settings.idle()));
        if (left.isPositive()) {
          watched = true;
          timing.scheduler().schedule(left, this::look);
        } else {
          drain();
        }
      }
    }

    void drain() {
      draining = true;
      if (current == this) {
        current = null;
      }
      stopIfDrained();
    }

    private void stopIfDrained() {
      if (draining && held == 0 && !gone) {
        timing.scheduler().soon(ready.running()::terminate);
        timing.scheduler().schedule(settings.grace(), this::killUnlessGone);
      }
    }

    private void killUnlessGone() {
      synchronized (Instance.this) {
        if (gone) {
          return;
        }
      }
      ready.running().kill();
    }
  }
}
