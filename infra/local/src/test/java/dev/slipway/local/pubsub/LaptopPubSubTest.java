package dev.slipway.local.pubsub;

import static dev.slipway.local.pubsub.GoogleClients.PROJECT;
import static dev.slipway.local.pubsub.GoogleClients.message;
import static dev.slipway.local.pubsub.GoogleClients.topicName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.BigQueryConfig;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite against the laptop cloud, and what Google does that its emulator does not. */
final class LaptopPubSubTest extends PubSubSuite {

  @TempDir static Path folder;

  private static State state;
  private static RealScheduler scheduler;
  private static CloudServer server;

  @BeforeAll
  static void start() {
    state = State.open(folder);
    scheduler = new RealScheduler();
    PubSub pubSub = new PubSub(state, Clock.systemUTC(), scheduler, new HttpPushClient());
    server = CloudServer.start(Endpoints.free(), List.of(pubSub));
  }

  @AfterAll
  static void stop() {
    server.close();
    scheduler.close();
    state.close();
  }

  @Override
  String endpoint() {
    return server.endpoints().grpc();
  }

  @Test
  void anUpdateOfATopicChangesTheMaskedFieldsOnly() {
    String name = google.topic("topic");

    Topic updated =
        google.topics.updateTopic(
            UpdateTopicRequest.newBuilder()
                .setTopic(
                    Topic.newBuilder().setName(name).putLabels("a", "b").setKmsKeyName("ignored"))
                .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
                .build());

    assertThat(updated.getLabelsMap()).containsExactly(Map.entry("a", "b"));
    assertThat(updated.getKmsKeyName()).isEmpty();
    assertThat(google.topics.getTopic(name)).isEqualTo(updated);
  }

  @Test
  void anImmutableFieldCannotBeUpdated() {
    String name = google.subscription(google.topic("topic"));
    Subscription update = Subscription.newBuilder().setName(name).setFilter("attributes:a").build();

    assertThatThrownBy(
            () ->
                google.subscriptions.updateSubscription(
                    update, FieldMask.newBuilder().addPaths("filter").build()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("not mutable");
  }

  @Test
  void aListingComesInPages() {
    String project = "projects/pages";
    for (int i = 0; i < 5; i++) {
      google.topics.createTopic(project + "/topics/topic-" + i);
    }

    var pages =
        google.topics.listTopics(
            ListTopicsRequest.newBuilder().setProject(project).setPageSize(2).build());

    assertThat(pages.getPage().getPageElementCount()).isEqualTo(2);
    assertThat(pages.iterateAll()).hasSize(5);
  }

  @Test
  void aDetachedSubscriptionDeliversNothing() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);

    google.topics.detachSubscription(
        DetachSubscriptionRequest.newBuilder().setSubscription(subscription).build());

    assertThat(google.subscriptions.getSubscription(subscription).getDetached()).isTrue();
    assertThat(google.topics.listTopicSubscriptions(topic).iterateAll()).isEmpty();
    assertThatThrownBy(() -> google.pullNow(subscription))
        .isInstanceOf(FailedPreconditionException.class);
  }

  @Test
  void aDeletedTopicsSubscriptionStillDeliversWhatItHolds() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "held");

    google.topics.deleteTopic(topic);
    google.topics.createTopic(topic);
    google.publish(topic, "another topic's");

    assertThat(google.pullNow(subscription))
        .extracting(received -> received.getMessage().getData().toStringUtf8())
        .containsExactly("held");
  }

  @Test
  void messagesBeyondGooglesLimitsAreRefused() {
    String topic = google.topic("topic");
    List<PubsubMessage> refused =
        List.of(
            message("x", Map.of("goog-a", "b")),
            message("x", Map.of("", "b")),
            message("x", Map.of("k".repeat(257), "b")),
            message("x", Map.of("k", "v".repeat(1025))),
            message("x").toBuilder().setOrderingKey("k".repeat(1025)).build(),
            message("x".repeat(10 << 20)));

    for (PubsubMessage one : refused) {
      assertThatThrownBy(() -> google.publish(topic, List.of(one)))
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  void whatTheLaptopCannotDeliverToIsRefused() {
    String topic = google.topic("topic");

    assertThatThrownBy(
            () ->
                google.subscription(
                    topic,
                    Subscription.newBuilder()
                        .setBigqueryConfig(BigQueryConfig.newBuilder().setTable("a.b.c"))))
        .isInstanceOf(UnimplementedException.class)
        .hasMessageContaining("bigquery_config");
  }

  @Test
  void aFilterLetsThroughOnlyWhatMatches() {
    String topic = google.topic("topic");
    String subscription =
        google.subscription(
            topic,
            Subscription.newBuilder()
                .setFilter("attributes:kind AND NOT hasPrefix(attributes.name, \"tmp\")"));

    google.publish(
        topic,
        List.of(
            message("no kind"),
            message("temporary", Map.of("kind", "a", "name", "tmp-1")),
            message("wanted", Map.of("kind", "a", "name", "final"))));

    assertThat(google.pullNow(subscription))
        .extracting(received -> received.getMessage().getData().toStringUtf8())
        .containsExactly("wanted");
  }

  @Test
  void aBadFilterIsRefusedNamingThePlace() {
    String topic = google.topic("topic");

    assertThatThrownBy(
            () -> google.subscription(topic, Subscription.newBuilder().setFilter("attributes.")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("position 11");
  }

  @Test
  void laterMessagesOfAKeyWaitForANackedOne() throws Exception {
    String topic = google.topic("topic");
    String subscription =
        google.subscription(topic, Subscription.newBuilder().setEnableMessageOrdering(true));
    BlockingQueue<String> acked = new LinkedBlockingQueue<>();
    Set<String> nacked = ConcurrentHashMap.newKeySet();
    List<PubsubMessage> messages = keyed("key", 6);

    google.publishBatched(topic, true, messages);
    google.subscribe(
        subscription,
        (message, reply) -> {
          String text = message.getData().toStringUtf8();
          if (text.equals("m2") && nacked.add(text)) {
            reply.nack();
          } else {
            acked.add(text);
            reply.ack();
          }
        });

    for (PubsubMessage message : messages) {
      assertThat(acked.poll(20, TimeUnit.SECONDS)).isEqualTo(message.getData().toStringUtf8());
    }
  }

  @Test
  void keysDoNotWaitForEachOther() {
    String topic = google.topic("topic");
    String subscription =
        google.subscription(topic, Subscription.newBuilder().setEnableMessageOrdering(true));

    google.publish(topic, keyed("a", 2));
    google.publish(topic, keyed("b", 2));

    List<ReceivedMessage> first = google.pullNow(subscription);
    assertThat(first)
        .extracting(received -> received.getMessage().getOrderingKey())
        .containsExactly("a", "b");
    google.acknowledge(subscription, first.subList(0, 1));
    assertThat(google.pullNow(subscription))
        .extracting(received -> received.getMessage().getOrderingKey())
        .containsExactly("a");
  }

  @Test
  void exactlyOnceDeliveryRefusesAnExpiredAckId() {
    String topic = google.topic("topic");
    String subscription =
        google.subscription(topic, Subscription.newBuilder().setEnableExactlyOnceDelivery(true));
    google.publish(topic, "text");
    ReceivedMessage first = google.pullOne(subscription);
    google.deadline(subscription, first, 0);
    ReceivedMessage second = google.pullOne(subscription);

    assertThatThrownBy(() -> google.acknowledge(subscription, List.of(first)))
        .isInstanceOf(FailedPreconditionException.class)
        .extracting("errorDetails")
        .asString()
        .contains(first.getAckId(), "PERMANENT_FAILURE_INVALID_ACK_ID")
        .doesNotContain(second.getAckId());
    google.acknowledge(subscription, List.of(second));
    google.acknowledge(subscription, List.of(second));
  }

  @Test
  void aLateAckCountsWhileTheMessageIsHere() {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "text");
    ReceivedMessage first = google.pullOne(subscription);
    google.deadline(subscription, first, 0);

    google.acknowledge(subscription, List.of(first));

    assertThat(google.pullNow(subscription)).isEmpty();
  }

  @Test
  void aMalformedAckIdIsRefused() {
    String subscription = google.subscription(google.topic("topic"));
    ReceivedMessage forged = ReceivedMessage.newBuilder().setAckId("forged").build();

    assertThatThrownBy(() -> google.acknowledge(subscription, List.of(forged)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aStreamHoldsNoMoreThanItsLimitAndTakesAcksItself() throws Exception {
    String topic = google.topic("topic");
    String subscription = google.subscription(topic);
    google.publish(topic, "one", "two", "three");
    BlockingQueue<StreamingPullResponse> answers = new LinkedBlockingQueue<>();
    StreamObserver<StreamingPullRequest> stream = stream(answers);

    stream.onNext(
        StreamingPullRequest.newBuilder()
            .setSubscription(subscription)
            .setStreamAckDeadlineSeconds(10)
            .setMaxOutstandingMessages(2)
            .setProtocolVersion(1)
            .build());
    List<ReceivedMessage> held = new ArrayList<>();
    while (held.size() < 2) {
      held.addAll(next(answers).getReceivedMessagesList());
    }
    stream.onNext(StreamingPullRequest.getDefaultInstance());
    assertThat(next(answers).getReceivedMessagesList()).as("a heartbeat").isEmpty();
    stream.onNext(
        StreamingPullRequest.newBuilder().addAckIds(held.getFirst().getAckId()).build());

    assertThat(next(answers).getReceivedMessages(0).getMessage().getData().toStringUtf8())
        .isEqualTo("three");
    stream.onNext(
        StreamingPullRequest.newBuilder()
            .addModifyDeadlineAckIds(held.getLast().getAckId())
            .addModifyDeadlineSeconds(0)
            .build());
    assertThat(next(answers).getReceivedMessages(0).getMessage())
        .isEqualTo(held.getLast().getMessage());
    stream.onCompleted();
  }

  private StreamObserver<StreamingPullRequest> stream(
      BlockingQueue<StreamingPullResponse> answers) {
    return SubscriberGrpc.newStub(google.clients().channel())
        .streamingPull(
            new StreamObserver<>() {
              @Override
              public void onNext(StreamingPullResponse answer) {
                answers.add(answer);
              }

              @Override
              public void onError(Throwable failure) {}

              @Override
              public void onCompleted() {}
            });
  }

  private static StreamingPullResponse next(BlockingQueue<StreamingPullResponse> answers)
      throws InterruptedException {
    StreamingPullResponse answer = answers.poll(20, TimeUnit.SECONDS);
    assertThat(answer).as("an answer on the stream").isNotNull();
    return answer;
  }

  @Test
  void aStreamEndsWhenItsSubscriptionIsDeleted() {
    String subscription = google.subscription(google.topic("topic"));
    var subscriber = google.subscribe(subscription, (message, reply) -> reply.ack());

    google.subscriptions.deleteSubscription(subscription);

    assertThatThrownBy(() -> subscriber.awaitTerminated(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(io.grpc.StatusRuntimeException.class)
        .hasStackTraceContaining("NOT_FOUND");
  }

  @Test
  void aPushedSubscriptionIsNotPulled() {
    PushConfig push = PushConfig.newBuilder().setPushEndpoint("http://127.0.0.1:1/push").build();
    String subscription =
        google.subscription(
            google.topic("topic"), Subscription.newBuilder().setPushConfig(push));

    assertThatThrownBy(() -> google.pullNow(subscription))
        .isInstanceOf(FailedPreconditionException.class);
    assertThatThrownBy(
            () ->
                google.subscriptions.modifyPushConfig(
                    subscription, PushConfig.newBuilder().setPushEndpoint("ftp://x/y").build()))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aPushCarriesATokenWithTheAudienceAndTheEmail() throws Exception {
    try (PushReceiver receiver = PushReceiver.answering(204)) {
      String topic = google.topic("topic");
      var oidc =
          PushConfig.OidcToken.newBuilder().setServiceAccountEmail("p@x.com").setAudience("aud");
      PushConfig push =
          PushConfig.newBuilder().setPushEndpoint(receiver.url()).setOidcToken(oidc).build();
      google.subscription(topic, Subscription.newBuilder().setPushConfig(push));

      google.publish(topic, "text");

      String header = receiver.next().headers().getFirst("Authorization");
      assertThat(header).startsWith("Bearer ");
      String[] parts = header.substring("Bearer ".length()).split("\\.", -1);
      assertThat(parts).hasSize(3);
      JsonObject claims =
          JsonParser.parseString(
                  new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
              .getAsJsonObject();
      assertThat(claims.get("aud").getAsString()).isEqualTo("aud");
      assertThat(claims.get("email").getAsString()).isEqualTo("p@x.com");
      assertThat(claims.get("exp").getAsLong()).isGreaterThan(claims.get("iat").getAsLong());
    }
  }

  @Test
  void anUnwrappedPushIsTheDataWithTheMetadataInHeaders() throws Exception {
    try (PushReceiver receiver = PushReceiver.answering(200)) {
      String topic = google.topic("topic");
      PushConfig push =
          PushConfig.newBuilder()
              .setPushEndpoint(receiver.url())
              .setNoWrapper(PushConfig.NoWrapper.newBuilder().setWriteMetadata(true))
              .build();
      String subscription =
          google.subscription(topic, Subscription.newBuilder().setPushConfig(push));

      String id = google.publish(topic, List.of(message("raw", Map.of("key", "value")))).getFirst();

      PushReceiver.Post post = receiver.next();
      assertThat(post.body()).isEqualTo("raw");
      assertThat(post.headers().getFirst("key")).isEqualTo("value");
      assertThat(post.headers().getFirst("x-goog-pubsub-message-id")).isEqualTo(id);
      assertThat(post.headers().getFirst("x-goog-pubsub-subscription-name"))
          .isEqualTo(subscription);
    }
  }

  @Test
  void snapshotsAreNotThere() {
    String subscription = google.subscription(google.topic("topic"));

    assertThatThrownBy(
            () -> google.subscriptions.createSnapshot(PROJECT + "/snapshots/snap", subscription))
        .isInstanceOf(UnimplementedException.class);
    assertThatThrownBy(() -> google.topics.getTopic(topicName("none")))
        .isInstanceOf(NotFoundException.class);
  }
}
