package dev.slipway.local.firestore;

import static dev.slipway.local.firestore.Cases.assertRefused;
import static dev.slipway.local.firestore.Cases.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.firestore.v1.CommitRequest;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a restart, and what time and the clock have to do with it. */
final class DurabilityTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Indexes EXPIRING =
      Indexes.parse(
          """
          {"fieldOverrides": [
            {"collectionGroup": "events", "fieldPath": "expireAt", "ttl": true}]}
          """);

  @TempDir Path folder;

  private VirtualTime time = new VirtualTime(START);

  @Test
  void documentsOfEveryDatabaseOutliveARestart() throws Exception {
    DocumentSnapshot before;
    try (Cloud cloud = open(Indexes.permissive())) {
      await(cloud.db.document("a/b").set(Map.of("n", 1)));
      before = await(cloud.db.document("a/b").get());
      await(cloud.db.document("a/gone").set(Map.of("n", 1)));
      await(cloud.db.document("a/gone").delete());
      var team = cloud.connect("team");
      await(team.document("a/b").set(Map.of("team", true)));
      team.shutdownNow();
    }

    try (Cloud cloud = open(Indexes.permissive())) {
      DocumentSnapshot after = await(cloud.db.document("a/b").get());
      assertThat(after.getData()).isEqualTo(before.getData());
      assertThat(after.getUpdateTime()).isEqualTo(before.getUpdateTime());
      assertThat(await(cloud.db.document("a/gone").get()).exists()).isFalse();
      var team = cloud.connect("team");
      assertThat(await(team.document("a/b").get()).getData()).isEqualTo(Map.of("team", true));
      team.shutdownNow();
    }
  }

  @Test
  void aCommitCutShortByACrashIsFinishedOnOpening() {
    DatabaseName name = new DatabaseName("laptop", "(default)");
    CommitRequest.Builder record = CommitRequest.newBuilder();
    for (String id : List.of("x", "y")) {
      record.addWritesBuilder().getUpdateBuilder().setName(name.root() + "/a/" + id);
    }
    record.addWritesBuilder().setDelete(name.root() + "/a/z");
    try (State state = State.open(folder)) {
      var map = state.map("firestore.document");
      map.put("!commit/" + name, record.build().toByteArray());
      map.put(name.root() + "/a/x", record.getWrites(0).getUpdate().toByteArray());
      map.put(name.root() + "/a/z", record.getWrites(0).getUpdate().toByteArray());
      state.commit();
    }

    try (State state = State.open(folder)) {
      new Journal(name, state).load(document -> {});

      assertThat(state.map("firestore.document").keySet())
          .containsExactly(name.root() + "/a/x", name.root() + "/a/y");
    }
  }

  @Test
  void updateTimesRiseEvenIfTheClockStandsStillOrJumpsBack() throws Exception {
    Timestamp first;
    Timestamp second;
    try (Cloud cloud = open(Indexes.permissive())) {
      DocumentReference doc = cloud.db.document("a/b");
      first = await(doc.set(Map.of("n", 1))).getUpdateTime();
      second = await(doc.set(Map.of("n", 2))).getUpdateTime();
    }
    time = new VirtualTime(START.minusSeconds(3600));
    try (Cloud cloud = open(Indexes.permissive())) {
      Timestamp third =
          await(cloud.db.document("a/b").set(Map.of("n", 3))).getUpdateTime();

      assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
      assertThat(third.toDate().toInstant()).isEqualTo(START);
    }
  }

  @Test
  void documentsExpireWhenTheirTimeHasComeAlsoAfterARestart() throws Exception {
    try (Cloud cloud = open(EXPIRING)) {
      expireAfter(cloud, "a/b/events/soon", 10);
      expireAfter(cloud, "events/later", 20);
      await(cloud.db.document("events/never").set(Map.of("n", 1)));
      await(cloud.db.document("other/kept").set(Map.of("expireAt", timestamp(10))));

      time.advance(Duration.ofSeconds(10));

      assertThat(ids(cloud)).containsExactlyInAnyOrder("later", "never");
      assertThat(await(cloud.db.document("other/kept").get()).exists()).isTrue();
    }
    time = new VirtualTime(time.instant());
    try (Cloud cloud = open(EXPIRING)) {
      time.advance(Duration.ofSeconds(10));

      assertThat(ids(cloud)).containsExactly("never");
    }
  }

  @Test
  void aDocumentWhoseExpiryIsPutOffStays() throws Exception {
    try (Cloud cloud = open(EXPIRING)) {
      expireAfter(cloud, "events/e", 10);
      expireAfter(cloud, "events/e", 30);

      time.advance(Duration.ofSeconds(29));
      assertThat(ids(cloud)).containsExactly("e");

      time.advance(Duration.ofSeconds(1));
      assertThat(ids(cloud)).isEmpty();
    }
  }

  @Test
  void onlyTheDatabasesOfTheListExist() throws Exception {
    try (Cloud cloud = new Cloud(folder, time, time, Indexes.permissive(), Set.of("team-a"))) {
      var team = cloud.connect("team-a");
      await(team.document("a/b").set(Map.of("at", FieldValue.serverTimestamp())));
      team.shutdownNow();

      assertRefused(cloud.db.document("a/b").set(Map.of("n", 1)), Code.NOT_FOUND);
    }
  }

  @Test
  void commitsAreCountedPerDatabase() throws Exception {
    try (Cloud cloud = open(Indexes.permissive())) {
      await(cloud.db.document("a/b").set(Map.of("n", 1)));
      await(cloud.db.document("a/b").set(Map.of("n", 2)));
      await(cloud.db.document("a/b").get());

      assertThat(cloud.service.commits("projects/laptop/databases/(default)")).hasValue(2);
      assertThat(cloud.service.commits("projects/laptop/databases/team")).hasValue(0);
    }
  }

  private Cloud open(Indexes indexes) {
    return new Cloud(folder, time, time, indexes, Set.of());
  }

  private static void expireAfter(Cloud cloud, String path, long seconds) throws Exception {
    await(cloud.db.document(path).set(Map.of("expireAt", timestamp(seconds))));
  }

  private static Timestamp timestamp(long seconds) {
    return Timestamp.ofTimeSecondsAndNanos(START.getEpochSecond() + seconds, 0);
  }

  private static List<String> ids(Cloud cloud) throws Exception {
    return await(cloud.db.collectionGroup("events").get()).getDocuments().stream()
        .map(QueryDocumentSnapshot::getId)
        .toList();
  }
}
