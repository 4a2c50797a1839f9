package dev.slipway.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventarcTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Trigger UPLOADS =
      new Trigger("uploads", new Trigger.ObjectFinalized("in"), "build");
  private static final Trigger BUILDS =
      new Trigger("builds", new Trigger.MessagePublished("cloud-builds"), "deploy");
  private static final StorageEvent UPLOAD =
      new StorageEvent("in", "hello world.crate", START, "{\"name\":\"hello world.crate\"}");

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(START);

  /** Status codes to answer with, 200 once used up; -1 is no connection. */
  private final Deque<Integer> answers = new ArrayDeque<>();

  private final List<Event> delivered = new ArrayList<>();
  private final List<Duration> deliveredAfter = new ArrayList<>();
  private final List<DeadLetter> handedOn = new ArrayList<>();
  private final Map<String, Consumer<PublishedMessage>> topics = new HashMap<>();
  private Runnable beforeAnswering = () -> {};
  private State state;
  private Eventarc eventarc;

  @BeforeEach
  void open() {
    open(DeliveryPlan.FAITHFUL);
  }

  private void open(DeliveryPlan plan) {
    state = State.open(folder);
    eventarc =
        new Eventarc(
            state,
            time,
            time,
            new EventarcConfig("laptop", List.of(UPLOADS, BUILDS), Retry.AS_ON_GOOGLE, 8, plan),
            new EventarcPeers(
                this::call,
                (topic, subscription, handler) -> topics.put(topic, handler),
                handedOn::add));
    eventarc.start();
  }

  @AfterEach
  void close() {
    eventarc.close();
    state.close();
  }

  @Test
  void anUploadReachesItsFunctionAsGooglesStorageEvent() {
    eventarc.deliver(UPLOAD);
    assertThat(delivered).isEmpty();
    time.advance(Duration.ZERO);

    assertThat(delivered)
        .containsExactly(
            new Event(
                "1000000000000000",
                "//storage.googleapis.com/projects/_/buckets/in",
                "google.cloud.storage.object.v1.finalized",
                "objects/hello world.crate",
                START,
                Map.of("bucket", "in"),
                "{\"name\":\"hello world.crate\"}"));
    assertThat(eventarc.pending()).isEmpty();
  }

  @Test
  void aMessageReachesItsFunctionAsGooglesPubSubEvent() {
    publish("7");
    time.advance(Duration.ZERO);

    assertThat(delivered)
        .containsExactly(
            new Event(
                "7",
                "//pubsub.googleapis.com/projects/laptop/topics/cloud-builds",
                "google.cloud.pubsub.topic.v1.messagePublished",
                null,
                START,
                Map.of(),
                "{\"message\":{\"attributes\":{\"buildId\":\"b\",\"status\":\"SUCCESS\"},"
                    + "\"data\":\"e30=\",\"messageId\":\"7\",\"message_id\":\"7\","
                    + "\"publishTime\":\"2026-01-01T00:00:00Z\","
                    + "\"publish_time\":\"2026-01-01T00:00:00Z\"},"
                    + "\"subscription\":\"projects/laptop/subscriptions/eventarc-builds-sub\"}"));
  }

  @Test
  void anEventOfAnotherBucketConcernsNobody() {
    eventarc.deliver(new StorageEvent("other", "a", START, "{}"));
    time.advance(Duration.ofHours(1));

    assertThat(delivered).isEmpty();
  }

  @Test
  void aDeliveryThatFailsIsTriedAgainAfterLongerAndLongerPauses() {
    answers.addAll(List.of(500, -1, 404, 500, 503, 500, 500, 500));

    eventarc.deliver(UPLOAD);
    time.advance(Duration.ofHours(2));

    assertThat(deliveredAfter)
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 10L, 30L, 70L, 150L, 310L, 630L, 1230L, 1830L);
    assertThat(delivered).extracting(Event::id).containsOnly("1000000000000000");
    assertThat(eventarc.pending()).isEmpty();
    assertThat(eventarc.deadLetters()).isEmpty();
  }

  @Test
  void whileAnEventWaitsItsNextAttemptCanBeSeen() {
    answers.add(500);

    eventarc.deliver(UPLOAD);
    time.advance(Duration.ofSeconds(1));

    assertThat(eventarc.pending())
        .extracting(Pending::trigger, Pending::attempts, Pending::due)
        .containsExactly(tuple("uploads", 1, START.plusSeconds(10)));
  }

  @Test
  void anEventNobodyTakesForADayBecomesADeadLetter() {
    for (int i = 0; i < 1000; i++) {
      answers.add(500);
    }

    eventarc.deliver(UPLOAD);
    time.advance(Duration.ofHours(25));

    assertThat(eventarc.pending()).isEmpty();
    assertThat(eventarc.deadLetters()).hasSize(1).isEqualTo(handedOn);
    assertThat(handedOn.getFirst().reason()).isEqualTo("it answered HTTP 500");
    assertThat(deliveredAfter.getLast()).isLessThanOrEqualTo(Duration.ofHours(24));
  }

  @Test
  void whatWasNotAcknowledgedIsDeliveredAfterARestartAndNothingElse() {
    eventarc.deliver(UPLOAD);
    time.advance(Duration.ZERO);
    answers.add(500);
    publish("7");
    time.advance(Duration.ZERO);
    publish("8");
    close();
    delivered.clear();

    open();
    time.advance(Duration.ofMinutes(1));

    assertThat(delivered).extracting(Event::id).containsExactly("8", "7");
    assertThat(eventarc.pending()).isEmpty();
  }

  @Test
  void whatIsAcceptedAfterTheStopIsDeliveredAfterTheRestart() {
    eventarc.close();
    eventarc.deliver(UPLOAD);
    time.advance(Duration.ofMinutes(1));
    assertThat(delivered).isEmpty();
    close();

    open();
    time.advance(Duration.ZERO);

    assertThat(delivered).hasSize(1);
  }

  @Test
  void anAnswerThatComesAfterTheStopIsNotCountedSoTheEventComesAgain() {
    publish("7");
    beforeAnswering = eventarc::close;
    time.advance(Duration.ZERO);
    beforeAnswering = () -> {};
    close();

    open();
    time.advance(Duration.ZERO);

    assertThat(delivered).extracting(Event::id).containsExactly("7", "7");
  }

  @Test
  void aPlanDuplicatesDelaysLosesAndReorders() {
    close();
    open(
        (trigger, event) ->
            switch (event.id()) {
              case "1" -> List.of(Duration.ofSeconds(5));
              case "2" -> List.of();
              case "3" -> List.of(Duration.ZERO, Duration.ofSeconds(2));
              default -> List.of(Duration.ZERO);
            });

    List.of("1", "2", "3").forEach(this::publish);
    time.advance(Duration.ofMinutes(1));

    assertThat(delivered).extracting(Event::id).containsExactly("3", "3", "1");
  }

  private int call(String function, Event event) throws IOException {
    delivered.add(event);
    deliveredAfter.add(Duration.between(START, time.instant()));
    beforeAnswering.run();
    Integer answer = answers.poll();
    if (answer == null) {
      return 200;
    }
    if (answer == -1) {
      throw new IOException("connection refused");
    }
    return answer;
  }

  private void publish(String id) {
    topics
        .getOrDefault("cloud-builds", message -> {})
        .accept(
            new PublishedMessage(
                id,
                time.instant(),
                ByteString.copyFromUtf8("{}"),
                Map.of("buildId", "b", "status", "SUCCESS"),
                ""));
  }
}
