package dev.slipway.local.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock and a scheduler whose time passes only when told: work runs on the thread that advances
 * it, in order of due time and, where that is equal, of submission. Same calls, same order.
 */
public final class VirtualTime extends Clock implements Scheduler {

  private record Due(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private Instant now;
  private long submitted;

  public VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public synchronized Task schedule(Duration delay, Runnable work) {
    var due = new Due(now.plus(delay), submitted++, work);
    queue.add(due);
    return () -> {
      synchronized (this) {
        queue.remove(due);
      }
    };
  }

  /** Lets {@code span} pass, running all that falls due in it, work it schedules included. */
  public void advance(Duration span) {
    Instant end = instant().plus(span);
    while (runNextUntil(end)) {
      // each turn runs one piece of work
    }
    synchronized (this) {
      now = end;
    }
  }

  /**
   * Runs the next piece of work if it is due at or before {@code end}.
   *
   * @return whether there was one
   */
  public boolean runNextUntil(Instant end) {
    Due next = take(end);
    if (next == null) {
      return false;
    }
    next.work().run();
    return true;
  }

  private synchronized @Nullable Due take(Instant end) {
    Due next = queue.peek();
    if (next == null || next.at().isAfter(end)) {
      return null;
    }
    queue.remove();
    if (next.at().isAfter(now)) {
      now = next.at();
    }
    return next;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the laptop cloud tells time in UTC");
  }
}
