package dev.slipway.cli.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is to happen in a simulation, in the order of its time; at one time, as it was noted. */
final class Agenda {

  private final VirtualClock clock;
  private final PriorityQueue<Due> dues = new PriorityQueue<>();
  private long noted;

  Agenda(VirtualClock clock) {
    this.clock = clock;
  }

  /** Something that is to happen. */
  private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** Notes what is to happen after so long. */
  void later(Duration span, Runnable what) {
    dues.add(new Due(clock.now().plus(span), noted++, what));
  }

  /** Lets happen what is due. */
  void happen() {
    while (!dues.isEmpty() && !dues.peek().at().isAfter(clock.now())) {
      dues.remove().what().run();
    }
  }

  /** When something happens next. */
  Optional<Instant> next() {
    return Optional.ofNullable(dues.peek()).map(Due::at);
  }

  boolean isEmpty() {
    return dues.isEmpty();
  }
}
