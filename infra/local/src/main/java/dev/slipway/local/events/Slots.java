package dev.slipway.local.events;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Lets a limited number of deliveries to one function run at once; the others wait in order. */
final class Slots {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final int limit;
  private int busy;

  Slots(int limit) {
    this.limit = limit;
  }

  /** Runs {@code delivery}, on this thread if a slot is free, else on one that becomes free. */
  void run(Runnable delivery) {
    synchronized (this) {
      waiting.add(delivery);
      if (busy == limit) {
        return;
      }
      busy++;
    }
    for (Runnable next = next(); next != null; next = next()) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.poll();
    if (next == null) {
      busy--;
    }
    return next;
  }
}
