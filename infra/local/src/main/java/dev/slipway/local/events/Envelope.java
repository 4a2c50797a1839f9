package dev.slipway.local.events;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Makes the CloudEvents Google makes, byte for byte where a function can see it. */
final class Envelope {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Envelope() {}

  static Event of(StorageEvent finalized, String id) {
    return new Event(
        id,
        "//storage.googleapis.com/projects/_/buckets/" + finalized.bucket(),
        "google.cloud.storage.object.v1.finalized",
        "objects/" + finalized.object(),
        finalized.at(),
        Map.of("bucket", finalized.bucket()),
        finalized.resourceJson());
  }

  /** The event of a message; {@code topic} and {@code subscription} are full names. */
  static Event of(PublishedMessage message, String topic, String subscription) {
    JsonObject body = new JsonObject();
    body.add("message", json(message));
    body.addProperty("subscription", subscription);
    return new Event(
        message.id(),
        "//pubsub.googleapis.com/" + topic,
        "google.cloud.pubsub.topic.v1.messagePublished",
        null,
        message.publishedAt(),
        Map.of(),
        GSON.toJson(body));
  }

  /** As a push: some fields come in both spellings. */
  private static JsonObject json(PublishedMessage message) {
    JsonObject json = new JsonObject();
    if (!message.attributes().isEmpty()) {
      JsonObject attributes = new JsonObject();
      new TreeMap<>(message.attributes()).forEach(attributes::addProperty);
      json.add("attributes", attributes);
    }
    if (!message.data().isEmpty()) {
      String data = Base64.getEncoder().encodeToString(message.data().toByteArray());
      json.addProperty("data", data);
    }
    json.addProperty("messageId", message.id());
    json.addProperty("message_id", message.id());
    if (!message.orderingKey().isEmpty()) {
      json.addProperty("orderingKey", message.orderingKey());
    }
    Instant publishedAt = message.publishedAt().truncatedTo(ChronoUnit.MILLIS);
    json.addProperty("publishTime", publishedAt.toString());
    json.addProperty("publish_time", publishedAt.toString());
    return json;
  }
}
