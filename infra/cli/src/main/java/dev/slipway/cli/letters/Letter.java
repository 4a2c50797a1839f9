package dev.slipway.cli.letters;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import dev.slipway.DeployFunction;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event that was given up, as it lies in the subscription {@code dead-letters}.
 *
 * <p>On Google Cloud Pub/Sub forwards the message as it was published, with attributes that say
 * which subscription gave it up. The laptop cloud publishes the event's data, with attributes that
 * say which trigger did.
 *
 * @param id of the message; it stays the same however often the letter is looked at
 * @param at when it was given up
 * @param from the subscription or trigger that gave it up
 * @param topic short name of the topic it was published to; empty where it was an upload
 * @param content as it was published there
 * @param why it was given up
 * @param receipt what acknowledges it
 */
record Letter(
    String id,
    Instant at,
    String from,
    Optional<String> topic,
    PubsubMessage content,
    String why,
    String receipt) {

  private static final String GOOGLE = "CloudPubSubDeadLetter";
  private static final String SOURCE = GOOGLE + "SourceSubscription";
  private static final String ATTEMPTS = GOOGLE + "SourceDeliveryCount";
  private static final Pattern TOPIC = Pattern.compile("/topics/([^/]+)$");

  /** As Eventarc names the subscription of a trigger. */
  private static final Pattern TRIGGER =
      Pattern.compile("slipway-(ingest|deploy|notify)-(?:(ticks|commands)|[0-9]+)(?:-|$)");

  private static final int WORDS = 80;

  /** Reads a message of the subscription. */
  static Letter of(ReceivedMessage received) {
    PubsubMessage message = received.getMessage();
    return message.containsAttributes(SOURCE)
        ? ofGoogle(message, received.getAckId())
        : ofLaptop(message, received.getAckId());
  }

  private static Letter ofGoogle(PubsubMessage message, String receipt) {
    String subscription = message.getAttributesOrDefault(SOURCE, "");
    Map<String, String> attributes = new TreeMap<>(message.getAttributesMap());
    attributes.keySet().removeIf(key -> key.startsWith(GOOGLE) || key.startsWith("googclient_"));
    return new Letter(
        message.getMessageId(),
        instant(message.getPublishTime()),
        subscription,
        topicOf(subscription),
        PubsubMessage.newBuilder()
            .putAllAttributes(attributes)
            .setData(message.getData())
            .setOrderingKey(message.getOrderingKey())
            .build(),
        "delivered %s times".formatted(message.getAttributesOrDefault(ATTEMPTS, "too many")),
        receipt);
  }

  private static Optional<String> topicOf(String subscription) {
    Matcher trigger = TRIGGER.matcher(subscription);
    if (!trigger.find()) {
      return Optional.empty();
    }
    return Optional.ofNullable(trigger.group(2))
        .or(
            () ->
                switch (trigger.group(1)) {
                  case "deploy" -> Optional.of(DeployFunction.BUILD_TOPIC);
                  case "notify" -> Optional.of(LetterBox.RELEASE_EVENTS);
                  default -> Optional.empty();
                });
  }

  private static Letter ofLaptop(PubsubMessage message, String receipt) {
    Matcher topic = TOPIC.matcher(message.getAttributesOrDefault("eventSource", ""));
    return new Letter(
        message.getMessageId(),
        instant(message.getPublishTime()),
        message.getAttributesOrDefault("trigger", "somebody"),
        topic.find() ? Optional.of(topic.group(1)) : Optional.empty(),
        published(message),
        message.getAttributesOrDefault("reason", ""),
        receipt);
  }

  /** The message within an event's data; the data itself where there is none in it. */
  private static PubsubMessage published(PubsubMessage message) {
    JsonObject inner = object(object(message.getData()).get("message"));
    if (inner.isEmpty()) {
      return PubsubMessage.newBuilder().setData(message.getData()).build();
    }
    PubsubMessage.Builder published = PubsubMessage.newBuilder();
    object(inner.get("attributes"))
        .asMap()
        .forEach((key, value) -> published.putAttributes(key, value.getAsString()));
    return published
        .setData(ByteString.copyFrom(Base64.getDecoder().decode(text(inner, "data"))))
        .setOrderingKey(text(inner, "orderingKey"))
        .build();
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** What it is about, in a few words. Whatever it holds came from outside. */
  String what() {
    JsonObject data = object(content.getData());
    if (data.has("kind") && data.has("release")) {
      return "%s %s by %s".formatted(text(data, "kind"), text(data, "release"), text(data, "actor"));
    }
    if (content.containsAttributes("buildId")) {
      return "build %s %s"
          .formatted(
              content.getAttributesOrDefault("buildId", ""),
              content.getAttributesOrDefault("status", ""));
    }
    if (data.has("release") && data.has("stage")) {
      return "%s is %s".formatted(text(data, "release"), text(data, "stage"));
    }
    if (data.has("bucket") && data.has("name")) {
      return "upload %s/%s#%s"
          .formatted(text(data, "bucket"), text(data, "name"), text(data, "generation"));
    }
    String words = content.getData().toStringUtf8();
    return words.length() > WORDS ? words.substring(0, WORDS) + "..." : words;
  }

  private static JsonObject object(ByteString data) {
    try {
      return object(JsonParser.parseString(data.toStringUtf8()));
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }

  private static JsonObject object(@Nullable JsonElement element) {
    return element instanceof JsonObject object ? object : new JsonObject();
  }

  private static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
