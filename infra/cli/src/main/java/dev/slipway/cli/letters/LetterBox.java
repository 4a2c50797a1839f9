package dev.slipway.cli.letters;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.server.Endpoints;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subscription {@code dead-letters} of an environment, and the topics its letters came from. */
public final class LetterBox implements AutoCloseable {

  static final String RELEASE_EVENTS = "release-events";
  private static final String DEAD_LETTERS = "dead-letters";

  private static final int AT_ONCE = 1000;

  /** Pub/Sub may answer with none though there are some. */
  private static final int EMPTY_ANSWERS = 3;

  private final String project;
  private final SubscriptionAdminClient subscriptions;
  private final TopicAdminClient topics;
  private final Optional<ManagedChannel> channel;

  private LetterBox(String project, Optional<ManagedChannel> channel) {
    this.project = project;
    this.channel = channel;
    try {
      subscriptions =
          SubscriptionAdminClient.create(
              to(channel, SubscriptionAdminSettings.newBuilder()).build());
      topics = TopicAdminClient.create(to(channel, TopicAdminSettings.newBuilder()).build());
    } catch (IOException e) {
      throw new Failure("Tried to make a Pub/Sub client but failed: " + e.getMessage(), e);
    }
  }

  /** Of the laptop cloud at those addresses. */
  public static LetterBox laptop(Endpoints endpoints) {
    return new LetterBox(
        LaptopCloud.PROJECT,
        Optional.of(ManagedChannelBuilder.forTarget(endpoints.grpc()).usePlaintext().build()));
  }

  /** Of an environment on Google Cloud, as whoever is logged in there. */
  public static LetterBox google(String project) {
    return new LetterBox(project, Optional.empty());
  }

  private static <B extends ClientSettings.Builder<?, B>> B to(
      Optional<ManagedChannel> channel, B builder) {
    channel.ifPresent(
        c ->
            builder
                .setTransportChannelProvider(
                    FixedTransportChannelProvider.create(GrpcTransportChannel.create(c)))
                .setCredentialsProvider(NoCredentialsProvider.create()));
    return builder;
  }

  /**
   * Every letter, the oldest first. Until they are {@link #release released} nobody else is shown
   * them, for a minute at most.
   */
  List<Letter> take() {
    Map<String, Letter> letters = new LinkedHashMap<>();
    int empty = 0;
    while (empty < EMPTY_ANSWERS) {
      List<ReceivedMessage> pulled = pull();
      empty = pulled.isEmpty() ? empty + 1 : 0;
      pulled.stream().map(Letter::of).forEach(letter -> letters.put(letter.id(), letter));
    }
    List<Letter> sorted = new ArrayList<>(letters.values());
    sorted.sort(Comparator.comparing(Letter::at));
    return sorted;
  }

  @SuppressWarnings("deprecation") // what is there now is wanted, not what comes
  private List<ReceivedMessage> pull() {
    try {
      return subscriptions
          .pullCallable()
          .call(
              PullRequest.newBuilder()
                  .setSubscription(box())
                  .setMaxMessages(AT_ONCE)
                  .setReturnImmediately(true)
                  .build())
          .getReceivedMessagesList();
    } catch (ApiException e) {
      throw new Failure(
          "Tried to read %s but: %s. It is read by the environment's operators."
              .formatted(box(), e.getMessage()),
          e);
    }
  }

  /** Leaves them where they are. */
  void release(List<Letter> letters) {
    if (!letters.isEmpty()) {
      subscriptions.modifyAckDeadline(box(), receipts(letters), 0);
    }
  }

  /** Takes them away for good. */
  void drop(List<Letter> letters) {
    if (!letters.isEmpty()) {
      subscriptions.acknowledge(box(), receipts(letters));
    }
  }

  /**
   * Publishes a letter once more to the topic it came from, then takes it away. Cut off in between,
   * it is published twice, which does no harm.
   *
   * @return what keeps it from it; empty if it is done
   */
  Optional<String> replay(Letter letter) {
    Optional<String> topic = letter.topic();
    if (topic.isEmpty()) {
      return Optional.of(
          "it is an upload: a tick takes it in for two days; later upload it again, and drop this");
    }
    try {
      var unused =
          topics.publish(TopicName.of(project, topic.get()), List.of(letter.content()));
    } catch (ApiException e) {
      return Optional.of("it could not be published to %s: %s".formatted(topic.get(), e.getMessage()));
    }
    drop(List.of(letter));
    return Optional.empty();
  }

  private String box() {
    return SubscriptionName.of(project, DEAD_LETTERS).toString();
  }

  private static List<String> receipts(List<Letter> letters) {
    return letters.stream().map(Letter::receipt).toList();
  }

  @Override
  public void close() {
    subscriptions.close();
    topics.close();
    channel.ifPresent(ManagedChannel::shutdownNow);
  }
}
