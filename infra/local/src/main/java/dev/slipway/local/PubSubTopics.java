package dev.slipway.local;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.events.PublishedMessage;
import dev.slipway.local.events.TopicFeed;
import dev.slipway.local.pubsub.PubSub;
import dev.slipway.local.scheduler.Publisher;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The cloud's Pub/Sub topics, by their short names, for its other services. */
final class PubSubTopics implements TopicFeed, Publisher {

  /** Handing a message on is quick: it is only written down. */
  private static final int AT_A_TIME = 8;

  private static final java.time.Duration KEPT = java.time.Duration.ofDays(31);

  private final PubSub pubsub;

  PubSubTopics(PubSub pubsub) {
    this.pubsub = pubsub;
  }

  void ensure(String topic) {
    pubsub.ensureTopic(fullName(topic));
  }

  /** Whatever is published to {@code topic} stays, the longest Pub/Sub keeps anything, to be pulled. */
  void keep(String topic) {
    ensure(topic);
    pubsub.ensureSubscription(
        Subscription.newBuilder()
            .setName("projects/%s/subscriptions/%s".formatted(LaptopCloud.PROJECT, topic))
            .setTopic(fullName(topic))
            .setAckDeadlineSeconds(60)
            .setMessageRetentionDuration(Duration.newBuilder().setSeconds(KEPT.toSeconds()))
            .build());
  }

  @Override
  public void publish(String topic, Map<String, String> attributes, byte[] data) {
    pubsub.publish(
        fullName(topic),
        PubsubMessage.newBuilder()
            .putAllAttributes(attributes)
            .setData(ByteString.copyFrom(data))
            .build());
  }

  @Override
  public void subscribe(String topic, String subscription, Consumer<PublishedMessage> handler) {
    pubsub.ensureSubscription(
        Subscription.newBuilder().setName(subscription).setTopic(fullName(topic)).build());
    pubsub.attach(
        subscription,
        AT_A_TIME,
        (message, attempt) -> {
          handler.accept(published(message));
          return CompletableFuture.completedFuture(true);
        });
  }

  private static PublishedMessage published(PubsubMessage message) {
    Timestamp at = message.getPublishTime();
    return new PublishedMessage(
        message.getMessageId(),
        Instant.ofEpochSecond(at.getSeconds(), at.getNanos()),
        message.getData(),
        message.getAttributesMap(),
        message.getOrderingKey());
  }

  private static String fullName(String topic) {
    return "projects/" + LaptopCloud.PROJECT + "/topics/" + topic;
  }
}
