package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one subscription: hands ready messages to the outlets in turn, takes back what
 * is not acknowledged in time, and gives up what fails too often.
 *
 * <p>Nothing here polls. Whatever may let a message move (a publication, an acknowledgement, a new
 * outlet, the alarm at the earliest deadline) asks for one {@link #turn} on the scheduler; there
 * receivers are called, with no lock held. Changes are on disk before a call returns.
 */
final class Backlog {

  private final StoredQueue queue;
  private final Time time;
  private final DeadLetters deadLetters;
  private final Outlets outlets = new Outlets();
  private final Alarm alarm;
  private boolean turnAsked;
  private @Nullable Status closed;

  /** Takes up what {@code store} holds; {@code firstLease} is above any lease of an earlier run. */
  Backlog(Terms terms, BacklogStore store, long firstLease, Time time, DeadLetters deadLetters) {
    queue = new StoredQueue(terms, store, firstLease, time);
    this.time = time;
    this.deadLetters = deadLetters;
    alarm = new Alarm(time, this::ring);
  }

  synchronized Terms terms() {
    return queue.terms();
  }

  /** Delivers by changed terms from now on. */
  synchronized void use(Terms changed) {
    queue.use(changed);
  }

  /**
   * Adds a published message, to come after the first delay and, once acknowledged, again after
   * each other one; the caller commits, then calls {@link #wake}.
   */
  synchronized void add(PubsubMessage message, List<Duration> delays) {
    if (closed == null) {
      queue.add(message, delays);
    }
  }

  /** Lets an outlet take part from now on. */
  void attach(Outlet outlet) {
    Status why;
    synchronized (this) {
      why = closed;
      if (why == null) {
        outlets.add(outlet);
        wake();
      }
    }
    if (why != null) {
      outlet.sink().end(why);
    }
  }

  /**
   * Gives the outlet, which wants one batch, what is ready; if nothing is, lets it take part.
   *
   * @return whether it was served
   */
  boolean offer(Outlet outlet) {
    List<Delivery> batch = List.of();
    synchronized (this) {
      if (closed == null) {
        queue.tidy();
        batch = fill(outlet);
        setAlarm();
      }
    }
    if (batch.isEmpty()) {
      attach(outlet);
      return false;
    }
    outlet.sink().take(batch);
    return true;
  }

  /**
   * Takes an outlet off; what it holds stays its own until the deadlines.
   *
   * @return whether it was attached
   */
  synchronized boolean detach(Outlet outlet) {
    return outlets.remove(outlet);
  }

  /**
   * Acknowledges deliveries. An expired one counts too while its message is here, except under
   * exactly-once delivery.
   *
   * @return the ids refused
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT when one is malformed
   */
  synchronized List<String> acknowledge(Collection<String> ackIds) {
    List<String> refused = new ArrayList<>();
    for (AckId id : parse(ackIds)) {
      Entry entry = queue.find(id);
      if (entry != null && (StoredQueue.isCurrent(id, entry) || !terms().exactlyOnce())) {
        queue.settle(entry);
      } else if (entry != null) {
        refused.add(id.toString());
      }
    }
    settled();
    return refused;
  }

  /**
   * Gives deliveries a new deadline, counted from now; zero ends them as failed. An expired one is
   * left as it is.
   *
   * @return the ids refused, under exactly-once delivery
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT when one is malformed
   */
  synchronized List<String> modifyDeadline(Collection<String> ackIds, Duration deadline) {
    List<String> refused = new ArrayList<>();
    for (AckId id : parse(ackIds)) {
      Entry entry = queue.find(id);
      if (entry == null || !StoredQueue.isCurrent(id, entry)) {
        refused.add(id.toString());
      } else if (deadline.isZero()) {
        queue.fail(entry);
      } else {
        queue.extend(entry, deadline);
      }
    }
    settled();
    return terms().exactlyOnce() ? refused : List.of();
  }

  /** Moves to a point in time: all before it is acknowledged, all from it on is not. */
  synchronized void seek(Instant to) {
    if (closed == null) {
      queue.seek(to);
    }
    settled();
  }

  private List<AckId> parse(Collection<String> ackIds) {
    return closed != null ? List.of() : ackIds.stream().map(AckId::parse).toList();
  }

  /** Once closed nothing changed, and the state may be closed too. */
  private void settled() {
    if (closed == null) {
      queue.commit();
      wake();
    }
  }

  /** Ends delivery for good, telling the outlets why; {@code forget} also removes the messages. */
  void close(Status why, boolean forget) {
    List<Outlet> ended;
    synchronized (this) {
      closed = why;
      ended = outlets.removeAll();
      alarm.cancel();
      if (forget) {
        queue.clear();
      }
    }
    ended.forEach(outlet -> outlet.sink().end(why));
  }

  /** Asks for a turn, soon. */
  synchronized void wake() {
    if (!turnAsked && closed == null) {
      turnAsked = true;
      time.scheduler().soon(this::turn);
    }
  }

  private void ring() {
    synchronized (this) {
      alarm.cancel();
    }
    turn();
  }

  private void turn() {
    Map<Outlet, List<Delivery>> handed;
    List<Entry> dead;
    synchronized (this) {
      turnAsked = false;
      if (closed != null) {
        return;
      }
      queue.tidy();
      handed = handOut();
      dead = queue.takeDead();
      setAlarm();
    }
    handed.forEach((outlet, batch) -> outlet.sink().take(batch));
    dead.forEach(this::forward);
  }

  /** A message to each outlet that has room, round and round. */
  private Map<Outlet, List<Delivery>> handOut() {
    Map<Outlet, List<Delivery>> handed = new LinkedHashMap<>();
    for (Entry next = queue.nextReady(); next != null; next = queue.nextReady()) {
      Outlet outlet = outlets.nextWithRoom();
      if (outlet == null) {
        break;
      }
      handed.computeIfAbsent(outlet, any -> new ArrayList<>()).add(queue.lease(next, outlet));
    }
    outlets.removeDone(handed.keySet());
    return handed;
  }

  private List<Delivery> fill(Outlet outlet) {
    List<Delivery> batch = new ArrayList<>();
    for (Entry next = queue.nextReady();
        next != null && outlet.hasRoom();
        next = queue.nextReady()) {
      batch.add(queue.lease(next, outlet));
    }
    return batch;
  }

  /** Publishes a dead letter, then lets go of it: a crash in between publishes it twice. */
  private void forward(Entry entry) {
    boolean gone = deadLetters.forward(terms(), entry.message(), entry.failures);
    synchronized (this) {
      if (closed != null || !queue.holds(entry)) {
        return;
      }
      if (gone) {
        queue.drop(entry);
      } else {
        queue.rest(entry, Backoff.PUSH);
      }
      settled();
    }
  }

  private void setAlarm() {
    Entry next = queue.nextDue();
    if (next != null) {
      alarm.setTo(next.due);
    }
  }
}
