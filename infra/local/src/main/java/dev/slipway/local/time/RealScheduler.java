package dev.slipway.local.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler on wall-clock time: one timer thread, each piece of work on a virtual thread. */
public final class RealScheduler implements Scheduler, AutoCloseable {

  private static final Logger LOG = System.getLogger(RealScheduler.class.getName());

  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory());

  public RealScheduler() {
    timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Task schedule(Duration delay, Runnable work) {
    try {
      var future = timer.schedule(() -> start(work), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  private void start(Runnable work) {
    try {
      workers.execute(() -> run(work));
    } catch (RejectedExecutionException closed) {
      LOG.log(Level.DEBUG, "work dropped: the scheduler is closed");
    }
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "scheduled work failed", e);
    }
  }

  /** Stops the timer and interrupts the work under way. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
