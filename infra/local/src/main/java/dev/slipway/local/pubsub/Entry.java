package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One unacknowledged message of one subscription, and where it stands. */
final class Entry {

  /** Where a message stands. */
  enum Stand {
    /** An earlier message of its ordering key is not acknowledged yet. */
    BLOCKED,
    READY,
    /** With a receiver, until {@link #due}. */
    LEASED,
    /** Failed, and resting until {@link #due}. */
    RESTING,
    /** Failed too often; on its way to the dead-letter topic. */
    DEAD
  }

  private final PubsubMessage message;
  private final String orderingKey;
  private final int bytes;

  /** After which times the message comes again although it was acknowledged; not on disk. */
  final Queue<Duration> repeats = new ArrayDeque<>();

  Stand stand = Stand.BLOCKED;
  int failures;
  Instant due = Instant.EPOCH;
  long lease;
  @Nullable Outlet holder;

  Entry(PubsubMessage message, String orderingKey, int failures) {
    this.message = message;
    this.orderingKey = orderingKey;
    this.failures = failures;
    bytes = message.getSerializedSize();
  }

  String id() {
    return message.getMessageId();
  }

  PubsubMessage message() {
    return message;
  }

  String orderingKey() {
    return orderingKey;
  }

  boolean isOrdered() {
    return !orderingKey.isEmpty();
  }

  int bytes() {
    return bytes;
  }
}
