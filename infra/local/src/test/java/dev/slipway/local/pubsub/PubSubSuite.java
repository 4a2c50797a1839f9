package dev.slipway.local.pubsub;

import static dev.slipway.local.pubsub.GoogleClients.PROJECT;
import static dev.slipway.local.pubsub.GoogleClients.message;
import static dev.slipway.local.pubsub.GoogleClients.subscriptionName;
import static dev.slipway.local.pubsub.GoogleClients.topicName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.OutOfRangeException;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Google's client sees of Pub/Sub, wherever that is served from. */
abstract class PubSubSuite {

  GoogleClients google;

  abstract String endpoint();

  @BeforeEach
  final void connect() throws Exception {
    google = new GoogleClients(endpoint());
  }

  @AfterEach
  final void disconnect() {
    google.close();
  }

  @Test
  void aTopicIsCreatedOnceThenFoundListedAndDeleted() {
    String name = topicName("topic");

    google.topics.createTopic(name);

    assertThat(google.topics.getTopic(name).getName()).isEqualTo(name);
    assertThat(google.topics.listTopics(PROJECT).iterateAll())
        .extracting(Topic::getName)
        .contains(name);
    assertThatThrownBy(() -> google.topics.createTopic(name))
        .isInstanceOf(AlreadyExistsException.class);
    google.topics.deleteTopic(name);
    assertThatThrownBy(() -> google.topics.getTopic(name)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> google.topics.deleteTopic(name)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aSubscriptionIsCreatedOnceThenFoundListedAndDeleted() {
    String topic = google.topic("topic");
    String name = subscriptionName("sub");

    Subscription created =
        google.subscriptions.createSubscription(name, topic, PushConfig.getDefaultInstance(), 0);

    assertThat(created.getAckDeadlineSeconds()).isEqualTo(10);
    assertThat(created.getMessageRetentionDuration()).isEqualTo(Durations.fromDays(7));
    assertThat(google.subscriptions.getSubscription(name).getTopic()).isEqualTo(topic);
    assertThat(google.subscriptions.listSubscriptions(PROJECT).iterateAll())
        .extracting(Subscription::getName)
        .contains(name);
    assertThat(google.topics.listTopicSubscriptions(topic).iterateAll()).containsExactly(name);
    assertThatThrownBy(() -> google.subscriptions.createSubscription(created))
        .isInstanceOf(AlreadyExistsException.class);
    google.subscriptions.deleteSubscription(name);
    assertThatThrownBy(() -> google.subscriptions.getSubscription(name))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> google.pullNow(name)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aSubscriptionNeedsATopicThatIsThere() {
    String missing = topicName("missing");

    assertThatThrownBy(() -> google.subscription(missing)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> google.publish(missing, "lost")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void anUpdateChangesTheMaskedFieldsOnly() {
    String name = google.subscription(google.topic("topic"));
    Subscription update =
        Subscription.newBuilder()
            .setName(name)
            .setAckDeadlineSeconds(77)
            .putLabels("ignored", "yes")
            .build();

    google.subscriptions.updateSubscription(
        UpdateSubscriptionRequest.newBuilder()
            .setSubscription(update)
            .setUpdateMask(FieldMask.newBuilder().addPaths("ack_deadline_seconds"))
            .build());

    Subscription after = google.subscriptions.getSubscription(name);
    assertThat(after.getAckDeadlineSeconds()).isEqualTo(77);
    assertThat(after.getLabelsMap()).isEmpty();
  }

  @Test
  void aDeletedTopicLeavesItsSubscriptions() {
    String topic = google.topic("topic");
    String name = google.subscription(topic);

    google.topics.deleteTopic(topic);

    assertThat(google.subscriptions.getSubscription(name).getTopic()).isEqualTo("_deleted-topic_");
  }

  @Test
  void aNameThatBreaksTheRulesIsRefused() {
    for (String bad : List.of("x", "1topic", "goog-topic", "with space")) {
      assertThatThrownBy(() -> google.topics.createTopic(PROJECT + "/topics/" + bad))
          .as(bad)
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  void anAckDeadlineOutOfBoundsIsRefused() {
    String topic = google.topic("topic");

    assertThatThrownBy(
            () -> google.subscription(topic, Subscription.newBuilder().setAckDeadlineSeconds(601)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aMessageWithNeitherDataNorAttributesIsRefused() {
    String topic = google.topic("topic");
    List<PubsubMessage> empty = List.of(PubsubMessage.getDefaultInstance());

    assertThatThrownBy(() -> google.publish(topic, empty))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void messageIdsAreDifferentAndGrow() {
    String topic = google.topic("topic");

    List<Long> ids = new ArrayList<>();
    google.publish(topic, "one", "two").forEach(id -> ids.add(Long.parseLong(id)));
    google.publish(topic, "three").forEach(id -> ids.add(Long.parseLong(id)));

    assertThat(ids).hasSize(3).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void everySubscriptionGetsEveryMessageWhole() {
    String topic = google.topic("topic");
    String first = google.subscription(topic);
    String second = google.subscription(topic);
    Instant before = Instant.now();

    String id = google.publish(topic, List.of(message("text", Map.of("a", "b")))).getFirst();

    for (String subscription : List.of(first, second)) {
      PubsubMessage received = google.pullOne(subscription).getMessage();
      assertThat(received.getData().toStringUtf8()).isEqualTo("text");
      assertThat(received.getAttributesMap()).containsExactly(Map.entry("a", "b"));
      assertThat(received.getMessageId()).isEqualTo(id);
      assertThat(received.getPublishTime().getSeconds())
          .isBetween(before.getEpochSecond() - 1, before.getEpochSecond() + 60);
    }
  }

  @Test
  void aSubscriptionGetsNothingPublishedBeforeIt() {
    String topic = google.topic("topic");
    google.publish(topic, "early");

    String subscription = google.subscription(topic);
    google.publish(topic, "late");

    assertThat(google.pullOne(subscription).getMessage().getData().toStringUtf8())
        .isEqualTo("late");
  }

  @Test
  void anAcknowledgedMessageDoesNotComeAgain() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "once");

    ReceivedMessage received = google.pullOne(subscription);
    google.acknowledge(subscription, List.of(received));

    assertThat(received.getDeliveryAttempt()).isZero();
    assertThat(google.pullNow(subscription)).isEmpty();
  }

  @Test
  void anOutstandingMessageIsNotDeliveredToAnotherPull() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "held");

    google.pullOne(subscription);

    assertThat(google.pullNow(subscription)).isEmpty();
  }

  @Test
  void aNackedMessageComesAgain() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "again");

    ReceivedMessage first = google.pullOne(subscription);
    google.deadline(subscription, first, 0);
    ReceivedMessage second = google.pullOne(subscription);

    assertThat(second.getMessage()).isEqualTo(first.getMessage());
    google.acknowledge(subscription, List.of(second));
  }

  @Test
  void aMessageComesAgainWhenItsDeadlineHasPassed() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "again");

    ReceivedMessage first = google.pullOne(subscription);
    google.deadline(subscription, first, 1);
    ReceivedMessage second = google.pullOne(subscription);

    assertThat(second.getMessage()).isEqualTo(first.getMessage());
  }

  @Test
  void aStreamBringsMessagesAndNackedOnesAgain() throws Exception {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    Set<String> nacked = ConcurrentHashMap.newKeySet();

    google.subscribe(
        subscription,
        (message, reply) -> {
          received.add(message.getData().toStringUtf8());
          if (nacked.add(message.getMessageId())) {
            reply.nack();
          } else {
            reply.ack();
          }
        });
    google.publish(topic, "twice");

    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("twice");
    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("twice");
  }

  @Test
  void messagesOfOneKeyComeInOrder() throws Exception {
    String topic = google.topic("topic");
    String subscription =
        google.subscription(topic, Subscription.newBuilder().setEnableMessageOrdering(true));
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    List<PubsubMessage> messages = keyed("key", 10);

    google.publishBatched(topic, true, messages);
    google.subscribe(
        subscription,
        (message, reply) -> {
          received.add(message.getData().toStringUtf8());
          reply.ack();
        });

    for (PubsubMessage message : messages) {
      assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(message.getData().toStringUtf8());
    }
  }

  /** Messages {@code m0}, {@code m1} ... of one ordering key. */
  static List<PubsubMessage> keyed(String key, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> message("m" + i).toBuilder().setOrderingKey(key).build())
        .toList();
  }

  @Test
  void aMessageNackedTooOftenGoesToTheDeadLetterTopic() {
    String topic = google.topic("topic");
    String deadTopic = google.topic("dead");
    String dead = google.subscription(deadTopic);
    String subscription =
        google.subscription(
            topic,
            Subscription.newBuilder()
                .setDeadLetterPolicy(
                    DeadLetterPolicy.newBuilder()
                        .setDeadLetterTopic(deadTopic)
                        .setMaxDeliveryAttempts(5)));
    google.publish(topic, List.of(message("bad", Map.of("a", "b"))));

    List<Integer> attempts = new ArrayList<>();
    for (int attempt = 1; attempt <= 5; attempt++) {
      ReceivedMessage received = google.pullOne(subscription);
      attempts.add(received.getDeliveryAttempt());
      google.deadline(subscription, received, 0);
    }
    assertThat(google.pullNow(subscription)).isEmpty();
    PubsubMessage letter = google.pullOne(dead).getMessage();

    assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
    assertThat(letter.getData().toStringUtf8()).isEqualTo("bad");
    assertThat(letter.getAttributesMap())
        .containsEntry("a", "b")
        .containsEntry(
            "CloudPubSubDeadLetterSourceSubscription",
            subscription.substring(subscription.lastIndexOf('/') + 1))
        .containsEntry("CloudPubSubDeadLetterSourceSubscriptionProject", "laptop")
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsKey("CloudPubSubDeadLetterSourceTopicPublishTime");
  }

  @Test
  void aDeadLetterPolicyHasItsBounds() {
    String topic = google.topic("topic");
    DeadLetterPolicy.Builder tooFew =
        DeadLetterPolicy.newBuilder().setDeadLetterTopic(topic).setMaxDeliveryAttempts(4);

    assertThatThrownBy(
            () ->
                google.subscription(
                    topic, Subscription.newBuilder().setDeadLetterPolicy(tooFew)))
        .isInstanceOf(OutOfRangeException.class);
  }

  @Test
  void aSeekIntoTheFutureAcknowledgesEverything() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "one", "two");

    google.stub.seekCallable().call(seek(subscription, Instant.now().plusSeconds(60)));

    assertThat(google.pullNow(subscription)).isEmpty();
  }

  @Test
  void aSeekBackBringsRetainedMessagesAgain() {
    String topic = google.topic("topic");
    String subscription =
        google.subscription(topic, Subscription.newBuilder().setRetainAckedMessages(true));
    Instant before = Instant.now().minusSeconds(60);
    google.publish(topic, "one");
    google.acknowledge(subscription, List.of(google.pullOne(subscription)));

    google.stub.seekCallable().call(seek(subscription, before));

    assertThat(google.pullOne(subscription).getMessage().getData().toStringUtf8())
        .isEqualTo("one");
  }

  static SeekRequest seek(String subscription, Instant to) {
    return SeekRequest.newBuilder()
        .setSubscription(subscription)
        .setTime(com.google.protobuf.util.Timestamps.fromMillis(to.toEpochMilli()))
        .build();
  }

  @Test
  void nothingIsLostBetweenManyPublishersAndSubscribersThatNackAtRandom() throws Exception {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    Set<String> acked = ConcurrentHashMap.newKeySet();
    int count = 500;
    CountDownLatch all = new CountDownLatch(count);
    List<PubsubMessage> messages =
        IntStream.range(0, count).mapToObj(i -> message("m" + i)).toList();

    for (int subscriber = 0; subscriber < 3; subscriber++) {
      Random random = new Random(subscriber);
      google.subscribe(
          subscription,
          (message, reply) -> {
            if (random.nextInt(4) == 0) {
              reply.nack();
              return;
            }
            if (acked.add(message.getData().toStringUtf8())) {
              all.countDown();
            }
            reply.ack();
          });
    }
    List<CompletableFuture<Void>> publishers = new ArrayList<>();
    for (int from = 0; from < count; from += 100) {
      List<PubsubMessage> share = messages.subList(from, from + 100);
      publishers.add(
          CompletableFuture.runAsync(
              () -> share.forEach(message -> google.publish(topic, List.of(message))),
              Thread::startVirtualThread));
    }
    publishers.forEach(CompletableFuture::join);

    assertThat(all.await(60, TimeUnit.SECONDS)).as("%d left", all.getCount()).isTrue();
    assertThat(acked).hasSize(count);
  }

  @Test
  void aPushSubscriptionPostsTheEnvelopeUntilItIsTaken() throws Exception {
    try (PushReceiver receiver = PushReceiver.answering(500, 204)) {
      String topic = google.topic("topic");
      PushConfig push = PushConfig.newBuilder().setPushEndpoint(receiver.url()).build();
      String subscription =
          google.subscription(topic, Subscription.newBuilder().setPushConfig(push));

      String id = google.publish(topic, List.of(message("hi", Map.of("a", "b")))).getFirst();
      PushReceiver.Post refused = receiver.next();
      PushReceiver.Post taken = receiver.next();

      assertThat(taken.body()).isEqualTo(refused.body());
      assertThat(taken.json().getAsJsonObject("message").get("messageId").getAsString())
          .isEqualTo(id);
      assertThat(taken.json().getAsJsonObject("message").get("data").getAsString())
          .isEqualTo("aGk=");
      assertThat(taken.json().getAsJsonObject("message").get("attributes").toString())
          .isEqualTo("{\"a\":\"b\"}");
      assertThat(taken.json().getAsJsonObject("message").has("publishTime")).isTrue();
      assertThat(taken.json().get("subscription").getAsString()).isEqualTo(subscription);
      google.subscriptions.deleteSubscription(subscription);
    }
  }

  @Test
  void aSubscriptionWhosePushConfigIsEmptiedIsPulled() throws Exception {
    try (PushReceiver receiver = PushReceiver.answering(500)) {
      String topic = google.topic("topic");
      PushConfig push = PushConfig.newBuilder().setPushEndpoint(receiver.url()).build();
      String subscription =
          google.subscription(topic, Subscription.newBuilder().setPushConfig(push));
      google.publish(topic, "kept");
      receiver.next();

      google.subscriptions.modifyPushConfig(subscription, PushConfig.getDefaultInstance());

      assertThat(google.pullOne(subscription).getMessage().getData().toStringUtf8())
          .isEqualTo("kept");
    }
  }
}
