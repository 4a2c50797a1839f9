package dev.slipway.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.events.Event;
import dev.slipway.local.events.Eventarc;
import dev.slipway.local.events.EventarcConfig;
import dev.slipway.local.events.EventarcPeers;
import dev.slipway.local.events.Retry;
import dev.slipway.local.events.StorageEvent;
import dev.slipway.local.events.Trigger;
import dev.slipway.local.pubsub.HttpPushClient;
import dev.slipway.local.pubsub.PubSub;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of Pub/Sub and events of Eventarc, while the cloud is told to mistreat them. */
final class MessagesGoWrongTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TOPIC = "projects/laptop/topics/topic";
  private static final String SUBSCRIPTION = "projects/laptop/subscriptions/sub";

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> came = new ArrayList<>();
  private final List<Instant> cameAt = new ArrayList<>();
  private State state;
  private Chaos chaos;
  private PubSub pubsub;
  private Eventarc eventarc;

  @BeforeEach
  void start() {
    state = State.inMemory(folder);
    chaos = new Chaos(state, time);
    pubsub =
        new PubSub(
            state,
            time,
            time,
            new HttpPushClient(),
            (subscription, message) ->
                chaos.delays(Place.MESSAGE, "sub", List.of(Duration.ZERO)));
    pubsub.ensureTopic(TOPIC);
    pubsub.ensureSubscription(
        Subscription.newBuilder().setName(SUBSCRIPTION).setTopic(TOPIC).build());
    pubsub.start();
    pubsub.attach(
        SUBSCRIPTION,
        10,
        (message, attempt) -> {
          noted(message.getData().toStringUtf8());
          return CompletableFuture.completedFuture(true);
        });
    var trigger = new Trigger("uploads", new Trigger.ObjectFinalized("uploads"), "build");
    eventarc =
        new Eventarc(
            state,
            time,
            time,
            new EventarcConfig(
                "laptop",
                List.of(trigger),
                Retry.LAPTOP,
                1,
                (to, event) ->
                    chaos.delays(Place.EVENT, to.name(), List.of(Duration.ZERO))),
            new EventarcPeers(
                (function, event) -> chaos.call(function, () -> called(event)),
                (topic, subscription, handler) -> {},
                letter -> {}));
    eventarc.start();
  }

  @AfterEach
  void stop() {
    eventarc.close();
    pubsub.close();
    state.close();
  }

  private void noted(String what) {
    came.add(what);
    cameAt.add(time.instant());
  }

  private int called(Event event) {
    noted(String.valueOf(event.subject()));
    return 204;
  }

  private void publish(String text) {
    pubsub.publish(
        TOPIC, PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build());
  }

  private void finalized(String object) {
    eventarc.deliver(new StorageEvent("uploads", object, time.instant(), "{}"));
  }

  @Test
  void aDroppedMessageNeverComesAndTheNextOneDoes() {
    chaos.add(Rule.of("message:sub", Fault.DROP).with(new Odds(1, 1, 1, 0)));

    publish("one");
    publish("two");
    time.advance(Duration.ofDays(1));

    assertThat(came).containsExactly("two");
  }

  @Test
  void aDuplicatedMessageComesAgainAlthoughItWasAcknowledged() {
    chaos.add(Rule.of("message:*", Fault.DUPLICATE));

    publish("one");
    time.advance(Duration.ofDays(1));

    assertThat(came).containsExactly("one", "one");
  }

  @Test
  void aDelayedMessageComesAtItsTime() {
    chaos.add(Rule.of("message:sub", Fault.DELAY).lasting(Duration.ofMinutes(7)));

    publish("one");
    time.advance(Duration.ofDays(1));

    assertThat(cameAt).containsExactly(START.plus(Duration.ofMinutes(7)));
  }

  @Test
  void reorderedMessagesAllComeInAnotherOrderThatTheSeedDecides() {
    chaos.add(
        Rule.of("message:sub", Fault.REORDER)
            .lasting(Duration.ofMinutes(1))
            .with(new Odds(0, 1, 1, 7)));
    List<String> published = List.of("1", "2", "3", "4", "5", "6", "7", "8");

    published.forEach(this::publish);
    time.advance(Duration.ofDays(1));
    List<String> first = List.copyOf(came);
    came.clear();
    chaos.clear();
    chaos.add(
        Rule.of("message:sub", Fault.REORDER)
            .lasting(Duration.ofMinutes(1))
            .with(new Odds(0, 1, 1, 7)));
    published.forEach(this::publish);
    time.advance(Duration.ofDays(1));

    assertThat(first).containsExactlyInAnyOrderElementsOf(published).isNotEqualTo(published);
    assertThat(came).isEqualTo(first);
  }

  @Test
  void aDroppedEventNeverReachesItsFunction() {
    chaos.add(Rule.of("event:uploads", Fault.DROP));

    finalized("a.crate");
    time.advance(Duration.ofDays(2));

    assertThat(came).isEmpty();
    assertThat(eventarc.deadLetters()).isEmpty();
  }

  @Test
  void aDuplicatedEventReachesItsFunctionTwice() {
    chaos.add(Rule.of("event:uploads", Fault.DUPLICATE).lasting(Duration.ofMinutes(1)));

    finalized("a.crate");
    time.advance(Duration.ofDays(1));

    assertThat(came).containsExactly("objects/a.crate", "objects/a.crate");
  }

  @Test
  void aFunctionThatFailsAfterItsWorkIsCalledAgain() {
    chaos.add(Rule.of("function:build", Fault.AFTER).with(new Odds(2, 1, 1, 0)));

    finalized("a.crate");
    time.advance(Duration.ofDays(1));

    assertThat(came).hasSize(3);
  }

  @Test
  void aFunctionThatFailsBeforeItsWorkHasDoneNothing() {
    chaos.add(Rule.of("function:build", Fault.BEFORE).with(new Odds(2, 1, 1, 0)));

    finalized("a.crate");
    time.advance(Duration.ofDays(1));

    assertThat(came).containsExactly("objects/a.crate");
    assertThat(cameAt.getFirst()).isAfter(START);
  }
}
