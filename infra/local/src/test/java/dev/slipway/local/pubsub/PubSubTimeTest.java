package dev.slipway.local.pubsub;

import static dev.slipway.local.pubsub.GoogleClients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines, backoff and restarts, on virtual time: over in-process gRPC and within the JVM. */
final class PubSubTimeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TOPIC = "projects/laptop/topics/topic";
  private static final String DEAD = "projects/laptop/topics/dead";
  private static final String NAME = "projects/laptop/subscriptions/sub";
  private static final Subscription SUBSCRIPTION =
      Subscription.newBuilder().setName(NAME).setTopic(TOPIC).build();

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(START);
  private final List<Integer> pushStatuses = new ArrayList<>();
  private final List<Instant> pushedAt = new ArrayList<>();
  private final List<Instant> deliveredAt = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private State state;
  private PubSub pubSub;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    state = State.open(folder);
    pubSub = new PubSub(state, time, time, this::push);
    InProcessServerBuilder builder = InProcessServerBuilder.forName("pubsub").directExecutor();
    pubSub.grpc().forEach(builder::addService);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName("pubsub").directExecutor().build();
    pubSub.start();
    pubSub.ensureTopic(TOPIC);
    pubSub.ensureTopic(DEAD);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    pubSub.close();
    state.close();
  }

  private void restart() throws Exception {
    stop();
    start();
  }

  private CompletableFuture<Integer> push(PushRequest request) {
    pushedAt.add(time.instant());
    return CompletableFuture.completedFuture(
        pushStatuses.isEmpty() ? 204 : pushStatuses.removeFirst());
  }

  private CompletableFuture<Boolean> refuse(PubsubMessage message, int attempt) {
    deliveredAt.add(time.instant());
    attempts.add(attempt);
    return CompletableFuture.completedFuture(false);
  }

  private Future<PullResponse> pull(String subscription) {
    return SubscriberGrpc.newFutureStub(channel)
        .pull(PullRequest.newBuilder().setSubscription(subscription).setMaxMessages(10).build());
  }

  private List<Duration> pauses(List<Instant> times) {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      pauses.add(Duration.between(times.get(i - 1), times.get(i)));
    }
    return pauses;
  }

  @Test
  void aPullWaitsForAMessageAndIsAnsweredWhenOneIsPublished() throws Exception {
    pubSub.ensureSubscription(SUBSCRIPTION);
    Future<PullResponse> pull = pull(NAME);

    time.advance(Duration.ofSeconds(5));
    assertThat(pull.isDone()).isFalse();
    pubSub.publish(TOPIC, message("text"));
    time.advance(Duration.ZERO);

    assertThat(pull.get().getReceivedMessagesCount()).isEqualTo(1);
    assertThat(pull.get().getReceivedMessages(0).getMessage().getPublishTime().getSeconds())
        .isEqualTo(START.plusSeconds(5).getEpochSecond());
  }

  @Test
  void aPullThatNothingComesForIsAnsweredEmptyInTheEnd() throws Exception {
    pubSub.ensureSubscription(SUBSCRIPTION);
    Future<PullResponse> pull = pull(NAME);

    time.advance(PullCall.WAIT);

    assertThat(pull.get().getReceivedMessagesCount()).isZero();
  }

  @Test
  void anUnacknowledgedMessageComesAgainExactlyAtItsDeadline() throws Exception {
    pubSub.ensureSubscription(SUBSCRIPTION.toBuilder().setAckDeadlineSeconds(20).build());
    pubSub.publish(TOPIC, message("text"));
    assertThat(pull(NAME).get().getReceivedMessagesCount()).isEqualTo(1);

    Future<PullResponse> again = pull(NAME);
    time.advance(Duration.ofSeconds(20).minusMillis(1));
    assertThat(again.isDone()).isFalse();
    time.advance(Duration.ofMillis(1));

    assertThat(again.get().getReceivedMessagesCount()).isEqualTo(1);
  }

  @Test
  void theRetryPolicySpacesRedeliveries() {
    pubSub.ensureSubscription(
        SUBSCRIPTION.toBuilder()
            .setRetryPolicy(
                RetryPolicy.newBuilder()
                    .setMinimumBackoff(Durations.fromSeconds(1))
                    .setMaximumBackoff(Durations.fromSeconds(5)))
            .build());
    pubSub.attach(NAME, 1, this::refuse);

    pubSub.publish(TOPIC, message("text"));
    time.advance(Duration.ofSeconds(18));

    assertThat(pauses(deliveredAt))
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    assertThat(attempts).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aHandlersMessageGoesToTheDeadLetterTopicAfterItsAttempts() throws Exception {
    String dead = "projects/laptop/subscriptions/dead";
    pubSub.ensureSubscription(Subscription.newBuilder().setName(dead).setTopic(DEAD).build());
    pubSub.ensureSubscription(
        SUBSCRIPTION.toBuilder()
            .setDeadLetterPolicy(DeadLetterPolicy.newBuilder().setDeadLetterTopic(DEAD))
            .build());
    pubSub.attach(NAME, 1, this::refuse);

    pubSub.publish(TOPIC, message("text"));
    time.advance(Duration.ofMinutes(1));

    assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
    assertThat(pull(dead).get().getReceivedMessages(0).getMessage().getAttributesMap())
        .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
        .containsEntry(
            "CloudPubSubDeadLetterSourceTopicPublishTime", "2026-01-01T00:00:00.000+00:00");
  }

  @Test
  void aHandlerThatTakesAMessageGetsItOnceAndOneThatHangsGetsItAgain() {
    pubSub.ensureSubscription(SUBSCRIPTION);
    CompletableFuture<Boolean> hanging = new CompletableFuture<>();
    List<Integer> seen = new ArrayList<>();
    pubSub.attach(
        NAME,
        10,
        (message, attempt) -> {
          seen.add(attempt);
          return attempt == 1 ? hanging : CompletableFuture.completedFuture(true);
        });

    pubSub.publish(TOPIC, message("text"));
    time.advance(Duration.ofMinutes(1));
    hanging.complete(false);
    time.advance(Duration.ofMinutes(1));

    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void aClosedAttachmentBringsNothingMore() {
    pubSub.ensureSubscription(SUBSCRIPTION);
    PubSub.Attachment attachment = pubSub.attach(NAME, 1, this::refuse);

    attachment.close();
    pubSub.publish(TOPIC, message("text"));
    time.advance(Duration.ofMinutes(1));

    assertThat(attempts).isEmpty();
  }

  @Test
  void aRefusedPushIsRepeatedAfterAGrowingPause() {
    pubSub.ensureSubscription(
        SUBSCRIPTION.toBuilder()
            .setPushConfig(PushConfig.newBuilder().setPushEndpoint("http://laptop/push"))
            .build());
    pushStatuses.addAll(List.of(500, 302, 404, 204));

    pubSub.publish(TOPIC, message("text"));
    time.advance(Duration.ofMinutes(1));

    assertThat(pauses(pushedAt))
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void aMessageOlderThanTheRetentionIsForgotten() throws Exception {
    pubSub.ensureSubscription(
        SUBSCRIPTION.toBuilder()
            .setMessageRetentionDuration(Durations.fromMinutes(10))
            .build());
    pubSub.publish(TOPIC, message("old"));
    time.advance(Duration.ofMinutes(10));
    pubSub.publish(TOPIC, message("new"));

    assertThat(pull(NAME).get().getReceivedMessagesList())
        .extracting(received -> received.getMessage().getData().toStringUtf8())
        .containsExactly("new");
  }

  @Test
  void whatIsNotAcknowledgedSurvivesARestartWithItsCounts() throws Exception {
    pubSub.ensureSubscription(SUBSCRIPTION);
    pubSub.publish(TOPIC, message("one"));
    var one = pull(NAME).get().getReceivedMessages(0);
    SubscriberGrpc.newBlockingStub(channel)
        .acknowledge(
            com.google.pubsub.v1.AcknowledgeRequest.newBuilder()
                .setSubscription(NAME)
                .addAckIds(one.getAckId())
                .build());
    String id = pubSub.publish(TOPIC, message("two"));
    PubSub.Attachment attachment = pubSub.attach(NAME, 1, this::refuse);
    time.advance(Duration.ZERO);
    attachment.close();

    restart();

    assertThat(pubSub.ensureSubscription(SUBSCRIPTION).getAckDeadlineSeconds()).isEqualTo(10);
    List<String> received = new ArrayList<>();
    pubSub.attach(
        NAME,
        1,
        (message, attempt) -> {
          received.add(message.getData().toStringUtf8() + " " + attempt);
          return CompletableFuture.completedFuture(true);
        });
    time.advance(Duration.ofSeconds(1));
    assertThat(received).containsExactly("two 2");
    assertThat(Long.parseLong(pubSub.publish(TOPIC, message("three"))))
        .isGreaterThan(Long.parseLong(id));
  }

  @Test
  void pushingGoesOnAfterARestart() throws Exception {
    pubSub.ensureSubscription(
        SUBSCRIPTION.toBuilder()
            .setPushConfig(PushConfig.newBuilder().setPushEndpoint("http://laptop/push"))
            .build());
    pubSub.publish(TOPIC, message("text"));

    restart();
    time.advance(Duration.ofSeconds(1));

    assertThat(pushedAt).isNotEmpty();
  }

  @Test
  void publishingToATopicThatIsNotThereSaysSo() {
    assertThatThrownBy(() -> pubSub.publish("projects/laptop/topics/none", message("text")))
        .hasMessage("NOT_FOUND: Resource not found (resource=none).");
    assertThat(
            PublisherGrpc.newBlockingStub(channel)
                .getTopic(
                    com.google.pubsub.v1.GetTopicRequest.newBuilder().setTopic(TOPIC).build())
                .getName())
        .isEqualTo(TOPIC);
  }
}
