package dev.slipway.cli.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Workers that take turns: one runs at a time, from one pause to its next, and the seed draws whose
 * turn it is. So they interleave in every way that threads can, and in the same way each time.
 */
final class Crew implements AutoCloseable {

  /** The end of a worker whose simulation is over. */
  private static final class Dismissed extends Error {
    private static final long serialVersionUID = 1;

    Dismissed() {
      super("the simulation is over", null, false, false);
    }
  }

  private final class Worker {
    private final Semaphore turn = new Semaphore(0);
    private Instant wakes;
    private boolean done;

    Worker(Runnable body) {
      wakes = clock.now();
      Thread.ofVirtual().start(() -> run(body));
    }

    private void run(Runnable body) {
      turn.acquireUninterruptibly();
      try {
        if (!dismissed) {
          body.run();
        }
      } catch (Dismissed over) {
        // As it should.
      } catch (Throwable e) { // it is the simulation's to judge, on its own thread
        failure = e;
      } finally {
        done = true;
        back.release();
      }
    }
  }

  private final Random random;
  private final VirtualClock clock;
  private final List<Worker> workers = new ArrayList<>();
  private final Semaphore back = new Semaphore(0);
  private @Nullable Worker current;
  private volatile boolean dismissed;
  private volatile @Nullable Throwable failure;

  Crew(Random random, VirtualClock clock) {
    this.random = random;
    this.clock = clock;
  }

  /** A worker that begins when it is drawn. */
  void begin(Runnable body) {
    workers.add(new Worker(body));
  }

  /** The worker that calls it stops until it is drawn again; nobody else is kept waiting. */
  void pause() {
    Worker worker = current;
    if (worker != null) {
      back.release();
      worker.turn.acquireUninterruptibly();
      if (dismissed) {
        throw new Dismissed();
      }
    }
  }

  /** The worker that calls it is not drawn before so much time has passed. */
  void sleep(Duration span) {
    Worker worker = current;
    if (worker != null) {
      worker.wakes = clock.now().plus(span);
      pause();
    }
  }

  /**
   * Lets a worker go on to its next pause.
   *
   * @return whether there was one that could
   */
  boolean step() {
    List<Worker> ready =
        workers.stream().filter(worker -> !worker.wakes.isAfter(clock.now())).toList();
    if (ready.isEmpty()) {
      return false;
    }
    Worker drawn = ready.get(random.nextInt(ready.size()));
    current = drawn;
    drawn.turn.release();
    back.acquireUninterruptibly();
    current = null;
    if (drawn.done) {
      workers.remove(drawn);
    }
    rethrow();
    return true;
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException("a worker failed", e);
    }
  }

  /** When the next sleeper wakes. */
  Optional<Instant> wakes() {
    return workers.stream().map(worker -> worker.wakes).min(Comparator.naturalOrder());
  }

  boolean isIdle() {
    return workers.isEmpty();
  }

  @Override
  public void close() {
    dismissed = true;
    for (Worker worker : workers) {
      worker.turn.release();
      back.acquireUninterruptibly();
    }
    workers.clear();
  }
}
