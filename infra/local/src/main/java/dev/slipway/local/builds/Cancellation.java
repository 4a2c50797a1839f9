package dev.slipway.local.builds;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells those who carry a build out that it is to stop. */
public final class Cancellation {

  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private boolean cancelled;

  /** Whether the build is to stop. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Runs {@code stop} on cancellation, at once when that has been; the answer ends that. */
  public Runnable onCancel(Runnable stop) {
    synchronized (this) {
      if (!cancelled) {
        listeners.add(stop);
        return () -> forget(stop);
      }
    }
    stop.run();
    return () -> {};
  }

  private synchronized void forget(Runnable stop) {
    listeners.remove(stop);
  }

  /** Stops the build; a second call does nothing. */
  void cancel() {
    List<Runnable> told;
    synchronized (this) {
      cancelled = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }
}
