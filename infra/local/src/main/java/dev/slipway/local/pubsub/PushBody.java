package dev.slipway.local.pubsub;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a push request says of a message: Google's JSON envelope, or the data itself. */
final class PushBody {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  /** The headers that belong to the connection, not to the message. */
  private static final Set<String> RESERVED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private PushBody() {}

  /** The envelope: {@code {"message": {...}, "subscription": "..."}}. */
  static ByteString wrapped(String subscription, Delivery delivery) {
    JsonObject body = new JsonObject();
    if (delivery.counted()) {
      body.addProperty("deliveryAttempt", delivery.attempt());
    }
    body.add("message", message(delivery.message()));
    body.addProperty("subscription", subscription);
    return ByteString.copyFromUtf8(body.toString());
  }

  private static JsonObject message(PubsubMessage message) {
    JsonObject json = new JsonObject();
    if (message.getAttributesCount() > 0) {
      JsonObject attributes = new JsonObject();
      new TreeMap<>(message.getAttributesMap()).forEach(attributes::addProperty);
      json.add("attributes", attributes);
    }
    if (!message.getData().isEmpty()) {
      json.addProperty(
          "data", Base64.getEncoder().encodeToString(message.getData().toByteArray()));
    }
    String publishTime = Timestamps.toString(message.getPublishTime());
    json.addProperty("messageId", message.getMessageId());
    json.addProperty("message_id", message.getMessageId());
    if (!message.getOrderingKey().isEmpty()) {
      json.addProperty("orderingKey", message.getOrderingKey());
    }
    json.addProperty("publishTime", publishTime);
    json.addProperty("publish_time", publishTime);
    return json;
  }

  /**
   * The headers that go with an unwrapped message whose metadata is asked for. Attributes that make
   * no HTTP header are left out.
   */
  static Map<String, String> metadata(String subscription, PubsubMessage message) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    message
        .getAttributesMap()
        .forEach(
            (key, value) -> {
              if (HEADER.matcher(key).matches()
                  && HEADER_VALUE.matcher(value).matches()
                  && !RESERVED.contains(key.toLowerCase(Locale.ROOT))) {
                headers.put(key, value);
              }
            });
    headers.put("x-goog-pubsub-subscription-name", subscription);
    headers.put("x-goog-pubsub-message-id", message.getMessageId());
    headers.put("x-goog-pubsub-publish-time", Timestamps.toString(message.getPublishTime()));
    if (!message.getOrderingKey().isEmpty()) {
      headers.put("x-goog-pubsub-ordering-key", message.getOrderingKey());
    }
    return headers;
  }
}
