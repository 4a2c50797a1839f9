package dev.slipway.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.FirestoreOptions;
import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.ledger.Recorded;
import dev.slipway.ledger.View;
import dev.slipway.local.chaos.Chaos;
import dev.slipway.local.chaos.Fault;
import dev.slipway.local.chaos.Odds;
import dev.slipway.local.chaos.Rule;
import dev.slipway.local.firestore.Firestore;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirestoreLedgerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final ReleaseId FIRST = Values.id(1);
  private static final ReleaseId SECOND = Values.id(2);

  @TempDir Path folder;

  private State state;
  private RealScheduler scheduler;
  private Firestore server;
  private Chaos chaos;
  private CloudServer cloud;
  private com.google.cloud.firestore.Firestore client;
  private FirestoreLedger ledger;

  @BeforeEach
  void open() {
    state = State.open(folder);
    scheduler = new RealScheduler();
    server = new Firestore(state, Clock.systemUTC(), scheduler);
    chaos = new Chaos(state, scheduler);
    cloud = CloudServer.start(Endpoints.free(), List.of(server), chaos);
    client =
        FirestoreOptions.newBuilder()
            .setProjectId("laptop")
            .setDatabaseId("slipway")
            .setEmulatorHost(cloud.endpoints().grpc())
            .build()
            .getService();
    ledger = new FirestoreLedger(client);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    cloud.close();
    scheduler.close();
    state.close();
  }

  private boolean begin(ReleaseId id, ReleaseEvent event) {
    View view = ledger.view(id);
    return ledger.commit(view, Change.first(id, view.service(), event, "slipway", NOW));
  }

  private boolean append(ReleaseId id, ReleaseEvent event, Instant at) {
    return ledger.commit(ledger.view(id), change(ledger.view(id), event, at));
  }

  private static Change change(View view, ReleaseEvent event, Instant at) {
    return Change.of(
        view.release().orElseThrow(), view.service(), view.others(), event, "alice", at);
  }

  /** A release that is live. */
  private void live(long generation) {
    ReleaseId id = Values.id(generation);
    Rollout rollout =
        new Rollout(
            id.revision(), Optional.empty(), ledger.view(id).service().nextEpoch());
    begin(id, Values.received(generation));
    List<ReleaseEvent> events =
        List.of(
            new ReleaseEvent.BuildSubmitted("b-1", 1),
            Values.built(),
            new ReleaseEvent.RolloutStarted(rollout, List.of()),
            new ReleaseEvent.SmokePassed(3, 9),
            new ReleaseEvent.Promoted(true, Duration.ZERO));
    for (int i = 0; i < events.size(); i++) {
      assertThat(append(id, events.get(i), NOW.plusSeconds(i + 1))).isTrue();
    }
  }

  @Test
  void theReleaseThatRestsLongestIsTheActiveOneThatMovedFirst() {
    live(1);
    assertThat(ledger.longestResting()).isEmpty();

    begin(SECOND, Values.received(2));
    begin(Values.id(3), Values.received(3));
    append(SECOND, new ReleaseEvent.BuildSubmitted("b-2", 1), NOW.plusSeconds(60));

    assertThat(ledger.longestResting().map(Release::id)).contains(Values.id(3));
  }

  @Test
  void anEventIsOneCommitWhateverItChanges() {
    Rule count = Rule.of("rpc:google.firestore.v1.Firestore/Commit", Fault.BEFORE);
    chaos.add(count.with(new Odds(0, 1, 0, 0)));

    live(1);

    assertThat(chaos.rules().getFirst().seen())
        .isEqualTo(ledger.view(FIRST).release().orElseThrow().sequence());
  }

  @Test
  void whatTheLedgerHasNotSeenIsUnknown() {
    View view = ledger.view(FIRST);

    assertThat(view.release()).isEmpty();
    assertThat(view.service()).isEqualTo(ServiceRecord.unknown(Values.HELLO));
    assertThat(view.others()).isEmpty();
    assertThat(ledger.of(Values.upload(1))).isEmpty();
  }

  @Test
  void aReleaseIsReadBackWithItsServiceItsNeighboursAndItsEvents() {
    live(1);
    live(2);

    View view = ledger.view(SECOND);

    Release release = view.release().orElseThrow();
    assertThat(release.stage()).isInstanceOf(Stage.Live.class);
    assertThat(release.sequence()).isEqualTo(6);
    assertThat(release.since()).isEqualTo(NOW.plusSeconds(5));
    assertThat(view.service().live()).contains(SECOND);
    assertThat(view.service().previous()).contains(FIRST);
    assertThat(view.others().keySet()).containsExactly(FIRST);
    assertThat(view.others().values())
        .extracting(Release::stage)
        .containsExactly(new Stage.Replaced(SECOND));
    List<Recorded> events = ledger.events(SECOND);
    assertThat(events).extracting(Recorded::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(events.getFirst())
        .isEqualTo(new Recorded(SECOND, 1, NOW, "slipway", Values.received(2)));
    assertThat(events.getLast())
        .isEqualTo(
            new Recorded(
                SECOND, 6, NOW.plusSeconds(5), "alice", new ReleaseEvent.Promoted(true, Duration.ZERO)));
    assertThat(ledger.events(FIRST).getLast().event())
        .isEqualTo(new ReleaseEvent.Replaced(SECOND));
  }

  @Test
  void aTransitionIsOneCommitWhateverItsConsequences() {
    long before = commits();

    live(1);
    live(2);

    // Six events each; the last of the second replaces the first in the same commit.
    assertThat(commits() - before).isEqualTo(12);
  }

  private long commits() {
    return server.commits("projects/laptop/databases/slipway").get();
  }

  @Test
  void aChangeThatRestsOnAnOldReadingIsRefusedWhole() {
    begin(FIRST, Values.received(1));
    View one = ledger.view(FIRST);
    View other = ledger.view(FIRST);
    assertThat(ledger.commit(one, change(one, new ReleaseEvent.BuildSubmitted("b-1", 1), NOW)))
        .isTrue();

    boolean late = ledger.commit(other, change(other, new ReleaseEvent.Cancelled("late"), NOW));

    assertThat(late).isFalse();
    assertThat(ledger.view(FIRST).release().orElseThrow().stage())
        .isEqualTo(new Stage.Building("b-1", 1));
    assertThat(ledger.events(FIRST)).hasSize(2);
  }

  @Test
  void twoReleasesCannotTakeTheSlotFromOneReading() {
    for (long generation : new long[] {1, 2}) {
      begin(Values.id(generation), Values.received(generation));
      append(Values.id(generation), new ReleaseEvent.BuildSubmitted("b-1", 1), NOW);
      append(Values.id(generation), Values.built(), NOW);
    }
    View first = ledger.view(FIRST);
    View second = ledger.view(SECOND);

    boolean took = ledger.commit(first, change(first, rollout(FIRST), NOW));
    boolean tookToo = ledger.commit(second, change(second, rollout(SECOND), NOW));

    assertThat(took).isTrue();
    assertThat(tookToo).isFalse();
    assertThat(ledger.view(FIRST).service().slot()).contains(FIRST);
    assertThat(ledger.view(SECOND).release().orElseThrow().stage()).isEqualTo(new Stage.Built());
  }

  private static ReleaseEvent rollout(ReleaseId id) {
    return new ReleaseEvent.RolloutStarted(
        new Rollout(id.revision(), Optional.empty(), 1), List.of());
  }

  @Test
  void ofManyWritersAtOnceOneBeginsARelease() throws Exception {
    View view = ledger.view(FIRST);
    Callable<Boolean> begin =
        () ->
            ledger.commit(
                view, Change.first(FIRST, view.service(), Values.received(1), "slipway", NOW));

    List<Future<Boolean>> begun;
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      begun = workers.invokeAll(IntStream.range(0, 8).mapToObj(i -> begin).toList());
    }

    assertThat(begun).extracting(Future::resultNow).containsOnlyOnce(true).hasSize(8);
    assertThat(ledger.events(FIRST)).hasSize(1);
  }

  @Test
  void releasesAreFoundByWhatTheyAreAskedFor() {
    live(1);
    begin(SECOND, Values.received(2));
    append(SECOND, new ReleaseEvent.BuildSubmitted("b-1", 1), NOW.plusSeconds(60));
    begin(Values.id(3), Values.received(3));
    append(Values.id(3), new ReleaseEvent.Cancelled("by hand"), NOW.plusSeconds(2));

    assertThat(ledger.active()).containsExactly(SECOND);
    assertThat(ledger.of(Values.upload(2))).containsExactly(SECOND);
    assertThat(ledger.of(Values.upload(4))).isEmpty();
    assertThat(ledger.movedSince(NOW.plusSeconds(30)))
        .extracting(Release::id)
        .containsExactly(SECOND);
    assertThat(ledger.releases(10))
        .extracting(Release::id)
        .containsExactlyInAnyOrder(FIRST, SECOND, Values.id(3));
    assertThat(ledger.releases(2)).hasSize(2);
    assertThat(ledger.services()).extracting(ServiceRecord::name).containsExactly(Values.HELLO);
  }
}
