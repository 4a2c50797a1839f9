package dev.slipway.local.pubsub;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.local.server.Calls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What Google lets a publisher send. */
final class MessageRules {

  static final int MAX_REQUEST_BYTES = 10 << 20;
  static final int MAX_MESSAGES = 1000;
  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_KEY_BYTES = 256;
  private static final int MAX_VALUE_BYTES = 1024;
  private static final int MAX_ORDERING_KEY_BYTES = 1024;

  private MessageRules() {}

  /** Refuses, with INVALID_ARGUMENT, what Google would not publish. */
  static void check(List<PubsubMessage> messages) {
    if (messages.isEmpty()) {
      throw Calls.invalid(
          "The value for message_count is too small. You passed 0 in the request, but the minimum"
              + " value is 1.");
    }
    atMost("message_count", messages.size(), MAX_MESSAGES);
    long bytes = messages.stream().mapToLong(PubsubMessage::getSerializedSize).sum();
    if (bytes > MAX_REQUEST_BYTES) {
      throw Calls.invalid(
          "Request payload size exceeds the limit: %d bytes.".formatted(MAX_REQUEST_BYTES));
    }
    messages.forEach(MessageRules::check);
  }

  private static void check(PubsubMessage message) {
    if (message.getData().isEmpty() && message.getAttributesCount() == 0) {
      throw Calls.invalid(
          "One or more messages in the publish request is empty. Each message must contain either"
              + " non-empty data, or at least one attribute.");
    }
    atMost("attribute_count", message.getAttributesCount(), MAX_ATTRIBUTES);
    atMost("ordering_key_length", bytes(message.getOrderingKey()), MAX_ORDERING_KEY_BYTES);
    message
        .getAttributesMap()
        .forEach(
            (key, value) -> {
              if (key.isEmpty() || key.startsWith("goog")) {
                throw Calls.invalid(
                    ("The attribute key '%s' is not allowed: it must not be empty nor begin with"
                        + " 'goog'.")
                        .formatted(key));
              }
              atMost("attribute_key_length", bytes(key), MAX_KEY_BYTES);
              atMost("attribute_value_length", bytes(value), MAX_VALUE_BYTES);
            });
  }

  /** The message as it is delivered: with the id and the time (to the millisecond) given it. */
  static PubsubMessage stamp(PubsubMessage message, long id, Instant at) {
    int millis = Math.floorDiv(at.getNano(), 1_000_000);
    return message.toBuilder()
        .setMessageId(Long.toString(id))
        .setPublishTime(
            Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(millis * 1_000_000))
        .build();
  }

  /** When a stamped message was published. */
  static Instant publishTime(PubsubMessage message) {
    return Instant.ofEpochSecond(
        message.getPublishTime().getSeconds(), message.getPublishTime().getNanos());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void atMost(String what, int value, int maximum) {
    if (value > maximum) {
      throw Calls.invalid(
          ("The value for %s is too large. You passed %d in the request, but the maximum"
              + " value is %d.")
              .formatted(what, value, maximum));
    }
  }
}
