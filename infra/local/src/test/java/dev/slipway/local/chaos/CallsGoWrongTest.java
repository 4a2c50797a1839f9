package dev.slipway.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.api.gax.rpc.InternalException;
import com.google.cloud.NoCredentials;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import dev.slipway.local.Clients;
import dev.slipway.local.pubsub.HttpPushClient;
import dev.slipway.local.pubsub.PubSub;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Google's own clients, while the cloud is told to fail; on virtual time. */
@Timeout(60)
final class CallsGoWrongTest {

  private static final TopicName TOPIC = TopicName.of("laptop", "topic");
  private static final String CREATE = "rpc:google.pubsub.v1.Publisher/CreateTopic";

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private State state;
  private Chaos chaos;
  private PubSub pubsub;
  private CloudServer server;
  private Clients clients;
  private TopicAdminClient topics;
  private Storage storage;

  @BeforeEach
  void start() throws Exception {
    state = State.inMemory(folder);
    chaos = new Chaos(state, time);
    pubsub = new PubSub(state, time, time, new HttpPushClient());
    Endpoints endpoints = Endpoints.free();
    var buckets =
        new dev.slipway.local.storage.Storage(
            state, time, time, endpoints.http(), change -> {});
    buckets.ensureBucket("uploads");
    server = CloudServer.start(endpoints, List.of(pubsub, buckets, chaos), chaos);
    clients = Clients.to(endpoints.grpc());
    topics =
        TopicAdminClient.create(
            TopicAdminSettings.newBuilder()
                .setTransportChannelProvider(clients.transport())
                .setCredentialsProvider(clients.credentials())
                .build());
    storage =
        StorageOptions.newBuilder()
            .setHost(endpoints.http())
            .setProjectId("laptop")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    topics.close();
    clients.close();
    server.close();
    callers.shutdownNow();
    state.close();
  }

  private List<String> topicNames() {
    chaos.clear();
    return List.copyOf(
        java.util.stream.StreamSupport.stream(
                topics.listTopics("projects/laptop").iterateAll().spliterator(), false)
            .map(Topic::getName)
            .toList());
  }

  /** Lets virtual time pass until the call is over. */
  private void passTimeUntilDone(Future<?> call) {
    while (!call.isDone()) {
      time.advance(Duration.ofSeconds(1));
      Thread.onSpinWait();
    }
  }

  @Test
  void aCallThatFailsBeforeIsNotCarriedOut() {
    chaos.add(Rule.of(CREATE, Fault.BEFORE).answering("INTERNAL"));

    assertThatThrownBy(() -> topics.createTopic(TOPIC))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("chaos rule 000001: not carried out");

    assertThat(topicNames()).isEmpty();
  }

  @Test
  void aCallThatFailsAfterIsCarriedOut() {
    chaos.add(Rule.of(CREATE, Fault.AFTER).answering("INTERNAL"));

    assertThatThrownBy(() -> topics.createTopic(TOPIC)).isInstanceOf(InternalException.class);

    assertThat(topicNames()).containsExactly(TOPIC.toString());
  }

  @Test
  void aCallThatTimesOutIsCarriedOutAndAnsweredInTimeOfTheScheduler() {
    chaos.add(Rule.of(CREATE, Fault.TIMEOUT).lasting(Duration.ofMinutes(10)));
    Instant began = time.instant();

    Future<?> call = callers.submit(() -> topics.createTopic(TOPIC));
    passTimeUntilDone(call);

    assertThat(catchThrowable(call::get)).hasCauseInstanceOf(DeadlineExceededException.class);
    assertThat(Duration.between(began, time.instant())).isGreaterThan(Duration.ofMinutes(9));
    assertThat(topicNames()).containsExactly(TOPIC.toString());
  }

  @Test
  void aCallThatStallsIsCarriedOutInTheEnd() throws Exception {
    chaos.add(Rule.of(CREATE, Fault.STALL).lasting(Duration.ofHours(2)));

    Future<Topic> call = callers.submit(() -> topics.createTopic(TOPIC));
    passTimeUntilDone(call);

    assertThat(call.get().getName()).isEqualTo(TOPIC.toString());
    assertThat(time.instant()).isAfter(Instant.parse("2026-01-01T01:59:00Z"));
  }

  @Test
  void theClientsOwnRetryGetsThroughWhenARuleIsUsedUp() {
    chaos.add(Rule.of("rpc:google.pubsub.v1.*", Fault.BEFORE).with(new Odds(2, 1, 1, 0)));

    assertThat(topics.createTopic(TOPIC).getName()).isEqualTo(TOPIC.toString());

    assertThat(chaos.rules().getFirst().struck()).isEqualTo(2);
    assertThat(chaos.rules().getFirst().seen()).isEqualTo(3);
  }

  @Test
  void aRuleStrikesEachSoManyThCallOnly() {
    chaos.add(Rule.of(CREATE, Fault.BEFORE).answering("INTERNAL").with(new Odds(0, 3, 1, 0)));

    topics.createTopic("projects/laptop/topics/one");
    topics.createTopic("projects/laptop/topics/two");
    assertThatThrownBy(() -> topics.createTopic(TOPIC)).isInstanceOf(InternalException.class);
    topics.createTopic("projects/laptop/topics/four");

    assertThat(topicNames()).hasSize(3);
  }

  @Test
  void anUploadThatFailsBeforeIsNotStored() {
    chaos.add(Rule.of("http:POST /upload/storage/*", Fault.BEFORE).answering("400"));

    StorageException failure = failedUpload();

    assertThat(failure.getCode()).isEqualTo(400);
    assertThat(storage.get("uploads", "a.crate")).isNull();
  }

  @Test
  void anUploadThatFailsAfterIsStored() {
    chaos.add(Rule.of("http:POST /upload/storage/*", Fault.AFTER).answering("403"));

    StorageException failure = failedUpload();

    assertThat(failure.getCode()).isEqualTo(403);
    assertThat(storage.get("uploads", "a.crate").getSize()).isEqualTo(3);
  }

  @Test
  void anUploadThatStallsIsStoredWhenItsTimeHasCome() throws Exception {
    chaos.add(Rule.of("http:POST /upload/storage/*", Fault.STALL).lasting(Duration.ofHours(1)));

    Future<?> upload = CompletableFuture.runAsync(this::upload, callers);
    passTimeUntilDone(upload);
    upload.get();

    assertThat(storage.get("uploads", "a.crate").getSize()).isEqualTo(3);
  }

  @Test
  void anUploadThatTimesOutIsStoredAndItsRetryFindsIt() throws Exception {
    chaos.add(
        Rule.of("http:POST /upload/storage/*", Fault.TIMEOUT).with(new Odds(1, 1, 1, 0)));

    Future<?> upload = CompletableFuture.runAsync(this::upload, callers);
    passTimeUntilDone(upload);

    assertThat(storage.get("uploads", "a.crate").getSize()).isEqualTo(3);
  }

  private StorageException failedUpload() {
    Throwable failure = catchThrowable(this::upload);
    chaos.clear();
    assertThat(failure).isInstanceOf(StorageException.class);
    return (StorageException) failure;
  }

  private void upload() {
    storage.create(BlobInfo.newBuilder("uploads", "a.crate").build(), new byte[] {1, 2, 3});
  }
}
