package dev.slipway.local.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.core.ApiService;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.pubsub.v1.stub.SubscriberStub;
import com.google.cloud.pubsub.v1.stub.SubscriberStubSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.Clients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Google's Pub/Sub clients, all on one endpoint, and the few calls every test makes. */
final class GoogleClients implements AutoCloseable {

  static final String PROJECT = "projects/laptop";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final TopicAdminClient topics;
  final SubscriptionAdminClient subscriptions;
  final SubscriberStub stub;
  private final Clients clients;
  private final List<Subscriber> subscribers = new ArrayList<>();

  GoogleClients(String endpoint) throws IOException {
    clients = Clients.to(endpoint);
    TransportChannelProvider transport = clients.transport();
    topics =
        TopicAdminClient.create(
            TopicAdminSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(clients.credentials())
                .build());
    subscriptions =
        SubscriptionAdminClient.create(
            SubscriptionAdminSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(clients.credentials())
                .build());
    stub =
        SubscriberStubSettings.newBuilder()
            .setTransportChannelProvider(transport)
            .setCredentialsProvider(clients.credentials())
            .build()
            .createStub();
  }

  Clients clients() {
    return clients;
  }

  /** A name no other test uses. */
  static String topicName(String id) {
    return PROJECT + "/topics/" + id + "-" + NUMBER.incrementAndGet();
  }

  static String subscriptionName(String id) {
    return PROJECT + "/subscriptions/" + id + "-" + NUMBER.incrementAndGet();
  }

  String topic(String id) {
    return topics.createTopic(topicName(id)).getName();
  }

  /** A pull subscription with all defaults. */
  String subscription(String topic) {
    return subscription(topic, Subscription.newBuilder());
  }

  /** A subscription as {@code asked}, with a name of its own. */
  String subscription(String topic, Subscription.Builder asked) {
    return subscriptions
        .createSubscription(asked.setName(subscriptionName("sub")).setTopic(topic).build())
        .getName();
  }

  List<String> publish(String topic, String... texts) {
    return publish(topic, Arrays.stream(texts).map(GoogleClients::message).toList());
  }

  List<String> publish(String topic, List<PubsubMessage> messages) {
    return topics.publish(topic, messages).getMessageIdsList();
  }

  static PubsubMessage message(String text) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  static PubsubMessage message(String text, Map<String, String> attributes) {
    return message(text).toBuilder().putAllAttributes(attributes).build();
  }

  /** Publishes through the batching publisher, and waits until all is published. */
  void publishBatched(String topic, boolean ordered, List<PubsubMessage> messages)
      throws Exception {
    Publisher publisher =
        Publisher.newBuilder(topic)
            .setChannelProvider(clients.transport())
            .setCredentialsProvider(clients.credentials())
            .setEnableMessageOrdering(ordered)
            .build();
    try {
      List<ApiFuture<String>> published = messages.stream().map(publisher::publish).toList();
      ApiFutures.allAsList(published).get(30, TimeUnit.SECONDS);
    } finally {
      publisher.shutdown();
      publisher.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  /** At most {@code max} messages, as soon as there is one. */
  List<ReceivedMessage> pull(String subscription, int max) {
    return stub.pullCallable()
        .call(
            PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(max).build(),
            GrpcCallContext.createDefault().withTimeoutDuration(PATIENCE))
        .getReceivedMessagesList();
  }

  /** What is there at once. */
  @SuppressWarnings("deprecation")
  List<ReceivedMessage> pullNow(String subscription) {
    return stub.pullCallable()
        .call(
            PullRequest.newBuilder()
                .setSubscription(subscription)
                .setMaxMessages(100)
                .setReturnImmediately(true)
                .build())
        .getReceivedMessagesList();
  }

  ReceivedMessage pullOne(String subscription) {
    List<ReceivedMessage> pulled = pull(subscription, 1);
    if (!pulled.isEmpty()) {
      return pulled.getFirst();
    }
    throw new AssertionError("no message came from " + subscription);
  }

  void acknowledge(String subscription, List<ReceivedMessage> messages) {
    stub.acknowledgeCallable()
        .call(
            AcknowledgeRequest.newBuilder()
                .setSubscription(subscription)
                .addAllAckIds(messages.stream().map(ReceivedMessage::getAckId).toList())
                .build());
  }

  void deadline(String subscription, ReceivedMessage message, int seconds) {
    stub.modifyAckDeadlineCallable()
        .call(
            ModifyAckDeadlineRequest.newBuilder()
                .setSubscription(subscription)
                .addAckIds(message.getAckId())
                .setAckDeadlineSeconds(seconds)
                .build());
  }

  /** Starts a streaming subscriber that lives until {@link #close}. */
  Subscriber subscribe(String subscription, MessageReceiver receiver) {
    Subscriber subscriber =
        Subscriber.newBuilder(subscription, receiver)
            .setChannelProvider(clients.transport())
            .setCredentialsProvider(clients.credentials())
            .build();
    subscribers.add(subscriber);
    subscriber.startAsync().awaitRunning();
    return subscriber;
  }

  @Override
  public void close() {
    subscribers.forEach(Subscriber::stopAsync);
    for (Subscriber subscriber : subscribers) {
      if (subscriber.state() == ApiService.State.FAILED) {
        continue; // as the test meant it to
      }
      try {
        subscriber.awaitTerminated(10, TimeUnit.SECONDS);
      } catch (TimeoutException | IllegalStateException e) {
        System.out.println("a subscriber did not stop in order: " + e);
      }
    }
    topics.close();
    subscriptions.close();
    stub.close();
    clients.close();
  }
}
