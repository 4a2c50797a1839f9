package dev.slipway.local.firestore;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs pieces of work one after the other, on whichever caller's thread finds it idle; no caller
 * waits for another.
 */
final class Mailbox {

  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  void put(Runnable piece) {
    work.add(piece);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    do {
      Runnable next = work.remove();
      next.run();
    } while (waiting.decrementAndGet() > 0);
  }
}
