package dev.slipway.local.pubsub;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One receiver of a subscription's messages: a stream, a waiting pull, a push endpoint, a handler.
 * The counters belong to the backlog it is attached to, which guards them.
 */
final class Outlet {

  /** Where an outlet's messages go; called without any lock held. */
  interface Sink {

    /** Takes messages that are this receiver's until their deadline; must not block. */
    void take(List<Delivery> batch);

    /** The subscription is gone, or delivers no longer. */
    void end(Status why);

    /** Whether more can be taken now; the receiver wakes the backlog when that becomes true. */
    default boolean isReady() {
      return true;
    }
  }

  /** How much one receiver may hold; the last message may exceed the bytes. */
  record Limits(long messages, long bytes) {

    /** Limits where zero or less means none. */
    static Limits of(long messages, long bytes) {
      return new Limits(
          messages <= 0 ? Long.MAX_VALUE : messages, bytes <= 0 ? Long.MAX_VALUE : bytes);
    }
  }

  private final Sink sink;
  private final Limits limits;
  private final boolean once;
  private final Backoff backoff;
  private volatile @Nullable Duration deadline;
  private long messages;
  private long bytes;

  private Outlet(Sink sink, Limits limits, boolean once, Backoff backoff) {
    this.sink = sink;
    this.limits = limits;
    this.once = once;
    this.backoff = backoff;
  }

  /** An outlet for a client's stream. */
  static Outlet stream(Sink sink, Limits limits) {
    return new Outlet(sink, limits, false, Backoff.NONE);
  }

  /** An outlet that takes one batch. */
  static Outlet once(Sink sink, Limits limits) {
    return new Outlet(sink, limits, true, Backoff.NONE);
  }

  /** An outlet that sends messages on by itself, and so slows down when they fail. */
  static Outlet pushing(Sink sink, Limits limits) {
    return new Outlet(sink, limits, false, Backoff.PUSH);
  }

  Sink sink() {
    return sink;
  }

  boolean isOnce() {
    return once;
  }

  Backoff backoff() {
    return backoff;
  }

  /** Gives messages handed out from now on this long, in place of the subscription's deadline. */
  void useDeadline(Duration value) {
    deadline = value;
  }

  Duration deadline(Duration otherwise) {
    Duration own = deadline;
    return own == null ? otherwise : own;
  }

  boolean hasRoom() {
    return messages < limits.messages() && bytes < limits.bytes() && sink.isReady();
  }

  void handed(Entry entry) {
    messages++;
    bytes += entry.bytes();
  }

  void released(Entry entry) {
    messages--;
    bytes -= entry.bytes();
  }
}
