package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import dev.slipway.local.pubsub.Entry.Stand;
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
 * outlet, the alarm at the earliest deadline) asks for one {@link #turn} on the scheduler; receivers
 * are called there, with no lock held. Changes are on disk before a call returns.
 */
final class Backlog {

  private final BacklogStore store;
  private final Time time;
  private final DeadLetters deadLetters;
  private final MessageQueue queue = new MessageQueue();
  private final Outlets outlets = new Outlets();
  private final Alarm alarm;
  private List<Entry> dead = new ArrayList<>();
  private Terms terms;
  private long lastLease;
  private boolean turnAsked;
  private @Nullable Status closed;

  /** Takes up what {@code store} holds; {@code firstLease} is above any lease of an earlier run. */
  Backlog(Terms terms, BacklogStore store, long firstLease, Time time, DeadLetters deadLetters) {
    this.terms = terms;
    this.store = store;
    this.time = time;
    this.deadLetters = deadLetters;
    lastLease = firstLease;
    alarm = new Alarm(time, this::ring);
    for (ReceivedMessage kept : store.unacknowledged()) {
      PubsubMessage message = kept.getMessage();
      queue.add(new Entry(message, terms.orderingKey(message), kept.getDeliveryAttempt()));
    }
  }

  synchronized Terms terms() {
    return terms;
  }

  /** Delivers by changed terms from now on. */
  synchronized void use(Terms changed) {
    terms = changed;
  }

  /** Adds a published message; the caller commits, then calls {@link #wake}. */
  synchronized void add(PubsubMessage message) {
    if (closed == null) {
      Entry entry = new Entry(message, terms.orderingKey(message), 0);
      store.save(entry);
      queue.add(entry);
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
        tidy(time.now());
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
      Entry entry = queue.get(id.messageId());
      if (entry != null && (isCurrent(id, entry) || !terms.exactlyOnce())) {
        acknowledge(entry);
      } else if (entry != null) {
        refused.add(id.toString());
      }
    }
    commit();
    wake();
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
      Entry entry = queue.get(id.messageId());
      if (entry == null || !isCurrent(id, entry)) {
        refused.add(id.toString());
      } else if (deadline.isZero()) {
        fail(entry);
      } else {
        queue.extend(entry, time.now().plus(deadline));
      }
    }
    commit();
    wake();
    return terms.exactlyOnce() ? refused : List.of();
  }

  private List<AckId> parse(Collection<String> ackIds) {
    return closed != null ? List.of() : ackIds.stream().map(AckId::parse).toList();
  }

  /** Once closed nothing changed, and the state may be closed too. */
  private void commit() {
    if (closed == null) {
      store.commit();
    }
  }

  private static boolean isCurrent(AckId id, Entry entry) {
    return entry.stand == Stand.LEASED && entry.lease == id.lease();
  }

  /** Moves to a point in time: all before it is acknowledged, all from it on is not. */
  synchronized void seek(Instant to) {
    if (closed != null) {
      return;
    }
    List<PubsubMessage> again = store.unkeep(to);
    for (Entry entry : queue.all()) {
      if (MessageRules.publishTime(entry.message()).isBefore(to)) {
        acknowledge(entry);
      }
    }
    again.forEach(this::add);
    store.commit();
    wake();
  }

  /** Ends delivery for good, telling the outlets why; {@code forget} also removes the messages. */
  void close(Status why, boolean forget) {
    List<Outlet> ended;
    synchronized (this) {
      closed = why;
      ended = outlets.removeAll();
      alarm.cancel();
      if (forget) {
        store.clear();
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
    List<Entry> given;
    synchronized (this) {
      turnAsked = false;
      if (closed != null) {
        return;
      }
      tidy(time.now());
      handed = handOut();
      given = dead;
      dead = new ArrayList<>();
      setAlarm();
    }
    handed.forEach((outlet, batch) -> outlet.sink().take(batch));
    given.forEach(this::forward);
  }

  /** Forgets what is too old, and ends the leases and rests that are over. */
  private void tidy(Instant now) {
    for (Entry old = queue.oldest();
        old != null && terms.forgets(old.message(), now);
        old = queue.oldest()) {
      drop(old);
    }
    for (Entry due = queue.nextDue(); due != null && !due.due.isAfter(now); due = queue.nextDue()) {
      if (due.stand == Stand.LEASED) {
        fail(due);
      } else {
        queue.release(due);
      }
    }
    store.purgeKept(terms, now);
    store.commit();
  }

  private void acknowledge(Entry entry) {
    if (terms.keepsAcked()) {
      store.keep(entry);
    }
    drop(entry);
  }

  private void drop(Entry entry) {
    queue.remove(entry);
    store.drop(entry);
  }

  private void fail(Entry entry) {
    Outlet holder = entry.holder;
    entry.failures++;
    store.save(entry);
    if (terms.givesUpAfter(entry.failures)) {
      queue.bury(entry);
      dead.add(entry);
    } else {
      rest(entry, holder == null ? Backoff.NONE : holder.backoff());
    }
  }

  private void rest(Entry entry, Backoff unlessAsked) {
    Duration delay = terms.backoff(unlessAsked).after(entry.failures);
    if (delay.isZero()) {
      queue.release(entry);
    } else {
      queue.rest(entry, time.now().plus(delay));
    }
  }

  /** A message to each outlet that has room, round and round. */
  private Map<Outlet, List<Delivery>> handOut() {
    Map<Outlet, List<Delivery>> handed = new LinkedHashMap<>();
    for (Entry next = queue.nextReady(); next != null; next = queue.nextReady()) {
      Outlet outlet = outlets.nextWithRoom();
      if (outlet == null) {
        break;
      }
      handed.computeIfAbsent(outlet, any -> new ArrayList<>()).add(lease(next, outlet));
    }
    outlets.removeDone(handed.keySet());
    return handed;
  }

  private List<Delivery> fill(Outlet outlet) {
    List<Delivery> batch = new ArrayList<>();
    for (Entry next = queue.nextReady();
        next != null && outlet.hasRoom();
        next = queue.nextReady()) {
      batch.add(lease(next, outlet));
    }
    return batch;
  }

  private Delivery lease(Entry entry, Outlet outlet) {
    Instant due = time.now().plus(outlet.deadline(terms.ackDeadline()));
    queue.lease(entry, outlet, ++lastLease, due);
    String ackId = new AckId(entry.id(), entry.lease).toString();
    return new Delivery(ackId, entry.message(), entry.failures + 1, terms.hasDeadLetterPolicy());
  }

  /** Publishes a dead letter, then lets go of it: a crash in between publishes it twice. */
  private void forward(Entry entry) {
    boolean gone = deadLetters.forward(terms(), entry.message(), entry.failures);
    synchronized (this) {
      if (closed != null || queue.get(entry.id()) != entry) {
        return;
      }
      if (gone) {
        drop(entry);
        store.commit();
      } else {
        rest(entry, Backoff.PUSH);
      }
      wake();
    }
  }

  private void setAlarm() {
    Entry next = queue.nextDue();
    if (next != null) {
      alarm.setTo(next.due);
    }
  }
}
