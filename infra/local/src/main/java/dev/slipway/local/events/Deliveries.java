package dev.slipway.local.events;

import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Works off one trigger's queue. */
final class Deliveries {

  private static final Logger LOG = System.getLogger(Deliveries.class.getName());

  /** What the deliveries of every trigger share. */
  record Context(
      State state, Clock clock, Scheduler scheduler, Retry retry, EventarcPeers peers) {}

  private final Trigger trigger;
  private final EventQueue queue;
  private final Slots slots;
  private final DeadLetterBox deadLetters;
  private final Context context;
  private boolean open;

  Deliveries(
      Trigger trigger,
      EventQueue queue,
      Slots slots,
      DeadLetterBox deadLetters,
      Context context) {
    this.trigger = trigger;
    this.queue = queue;
    this.slots = slots;
    this.deadLetters = deadLetters;
    this.context = context;
  }

  /** Begins with what the queue holds already. */
  synchronized void start() {
    open = true;
    queue.all().forEach(this::arm);
  }

  /**
   * Puts the event in the queue once for each delay; the caller commits. While not open, that is
   * all: it is delivered after the next start.
   */
  synchronized void accept(Event event, List<Duration> delays) {
    Instant now = context.clock().instant();
    for (Duration delay : delays) {
      EventQueue.Entry entry = queue.add(event, now, now.plus(delay));
      if (open) {
        arm(entry);
      }
    }
  }

  List<Pending> pending() {
    return queue.all().stream()
        .map(
            entry ->
                new Pending(
                    trigger.name(),
                    entry.event(),
                    entry.attempts(),
                    entry.acceptedAt(),
                    entry.due()))
        .toList();
  }

  synchronized void close() {
    open = false;
  }

  private void arm(EventQueue.Entry entry) {
    Duration wait = Duration.between(context.clock().instant(), entry.due());
    context
        .scheduler()
        .schedule(
            wait.isNegative() ? Duration.ZERO : wait,
            () -> slots.run(() -> attempt(entry)));
  }

  private void attempt(EventQueue.Entry entry) {
    if (!isOpen()) {
      return;
    }
    try {
      settle(entry, call(entry.event())).ifPresent(this::handOn);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isOpen() {
    return open;
  }

  /** Why the call failed, if it did. */
  private Optional<String> call(Event event) throws InterruptedException {
    try {
      int status = context.peers().functions().call(trigger.function(), event);
      return status / 100 == 2 ? Optional.empty() : Optional.of("it answered HTTP " + status);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "calling function " + trigger.function(), e);
      return Optional.of(e.toString());
    }
  }

  /**
   * Records how an attempt ended. Once closed nothing is written any more: the state may be closed
   * too.
   *
   * @return the event, if this was its last attempt
   */
  private synchronized Optional<DeadLetter> settle(
      EventQueue.Entry entry, Optional<String> failure) {
    if (!open) {
      return Optional.empty();
    }
    Optional<DeadLetter> givenUp = Optional.empty();
    if (failure.isEmpty()) {
      queue.remove(entry);
    } else {
      givenUp = retry(entry, failure.get());
    }
    context.state().commit();
    return givenUp;
  }

  private Optional<DeadLetter> retry(EventQueue.Entry entry, String why) {
    String what =
        "Tried to deliver event %s to function %s (trigger %s) but %s"
            .formatted(entry.event().id(), trigger.function(), trigger.name(), why);
    int attempts = entry.attempts() + 1;
    Instant due = context.clock().instant().plus(context.retry().pauseAfter(attempts));
    if (due.isAfter(entry.acceptedAt().plus(context.retry().giveUpAfter()))) {
      LOG.log(Level.WARNING, "{0}; given up after {1} attempts", what, attempts);
      var letter =
          new DeadLetter(trigger.name(), entry.event(), attempts, entry.acceptedAt(), why);
      deadLetters.add(letter);
      queue.remove(entry);
      return Optional.of(letter);
    }
    LOG.log(Level.INFO, "{0}; tried again at {1}", what, due);
    EventQueue.Entry next =
        new EventQueue.Entry(entry.key(), entry.event(), attempts, entry.acceptedAt(), due);
    queue.put(next);
    arm(next);
    return Optional.empty();
  }

  private void handOn(DeadLetter letter) {
    try {
      context.peers().deadLetters().accept(letter);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "handing on the dead letter of event " + letter.event().id(), e);
    }
  }
}
