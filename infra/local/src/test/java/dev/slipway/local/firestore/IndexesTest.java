package dev.slipway.local.firestore;

import static dev.slipway.local.firestore.Cases.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.AggregateField;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Filter;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import dev.slipway.local.time.VirtualTime;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which queries need an index declared. */
final class IndexesTest {

  private static final String DECLARED =
      """
      {"indexes": [
        {"collectionGroup": "releases", "queryScope": "COLLECTION", "fields": [
          {"fieldPath": "service", "order": "ASCENDING"},
          {"fieldPath": "at", "order": "DESCENDING"}]},
        {"collectionGroup": "releases", "queryScope": "COLLECTION", "fields": [
          {"fieldPath": "stage", "order": "ASCENDING"},
          {"fieldPath": "at", "order": "DESCENDING"}]},
        {"collectionGroup": "releases", "queryScope": "COLLECTION", "fields": [
          {"fieldPath": "tags", "arrayConfig": "CONTAINS"},
          {"fieldPath": "at", "order": "ASCENDING"}]}],
       "fieldOverrides": [
        {"collectionGroup": "releases", "fieldPath": "log", "indexes": []},
        {"collectionGroup": "releases", "fieldPath": "at", "indexes": [
          {"queryScope": "COLLECTION", "order": "ASCENDING"},
          {"queryScope": "COLLECTION", "order": "DESCENDING"},
          {"queryScope": "COLLECTION_GROUP", "order": "ASCENDING"}]}]}
      """;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Cloud cloud;
  private CollectionReference releases;

  @BeforeEach
  void open() {
    cloud = new Cloud(folder, time, time, Indexes.parse(DECLARED), Set.of());
    releases = cloud.db.collection("releases");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void equalitiesAndSingleFieldsNeedNone() {
    assertServed(releases);
    assertServed(releases.whereEqualTo("x", 1).whereEqualTo("y", 2).whereArrayContains("z", 3));
    assertServed(releases.whereIn("x", List.of(1, 2)).whereEqualTo("y", 2));
    assertServed(releases.whereGreaterThan("x", 1).whereLessThan("x", 9));
    assertServed(releases.orderBy("x", Direction.DESCENDING));
    assertServed(releases.whereEqualTo("x", 1).orderBy("x"));
    assertServed(releases.whereEqualTo("x", 1).whereGreaterThan(FieldPath.documentId(), "a"));
    assertServed(
        releases.where(Filter.or(Filter.equalTo("x", 1), Filter.equalTo("y", 2))));
  }

  @Test
  void anEqualityWithAnOrderNeedsOneAndTheRefusalNamesIt() {
    assertRefused(
        releases.whereEqualTo("team", "a").orderBy("at"),
        """
        {"collectionGroup":"releases","queryScope":"COLLECTION","fields":[\
        {"fieldPath":"team","order":"ASCENDING"},{"fieldPath":"at","order":"ASCENDING"}]}""");
    assertRefused(releases.whereEqualTo("team", "a").whereGreaterThan("n", 1), "\"n\"");
    assertRefused(releases.orderBy("a").orderBy("b"), "\"b\"");
    assertRefused(releases.whereGreaterThan("a", 1).whereGreaterThan("b", 1), "\"b\"");
  }

  @Test
  void declaredIndexesServeInTheirDirectionOnly() {
    Query ofService = releases.whereEqualTo("service", "s");

    assertServed(ofService.orderBy("at", Direction.DESCENDING));
    assertServed(ofService.orderBy("at", Direction.DESCENDING).limit(1).offset(1));
    assertRefused(ofService.orderBy("at"), "ASCENDING");
    assertRefused(ofService.orderBy("at", Direction.DESCENDING).limitToLast(1), "ASCENDING");
    assertServed(releases.whereArrayContains("tags", "t").orderBy("at"));
    assertRefused(
        releases.whereArrayContains("tags", "t").orderBy("at", Direction.DESCENDING), "CONTAINS");
  }

  @Test
  void declaredIndexesOfTheSameOrderAreMerged() {
    Query both = releases.whereEqualTo("service", "s").whereEqualTo("stage", "Live");

    assertServed(both.orderBy("at", Direction.DESCENDING));
    assertRefused(both.whereEqualTo("third", 1).orderBy("at", Direction.DESCENDING), "third");
  }

  @Test
  void everyAlternativeOfAnOrMustBeServed() {
    Filter declared = Filter.equalTo("service", "s");
    Filter other = Filter.equalTo("team", "a");

    assertRefused(
        releases.where(Filter.or(declared, other)).orderBy("at", Direction.DESCENDING), "team");
  }

  @Test
  void aCollectionGroupNeedsAnIndexOfItsScope() {
    Query group = cloud.db.collectionGroup("releases");

    assertServed(group);
    assertServed(group.orderBy("at"));
    assertRefused(group.whereEqualTo("service", "s"), "COLLECTION_GROUP");
    assertRefused(group.orderBy("at", Direction.DESCENDING), "fieldOverrides");
  }

  @Test
  void aFieldExemptFromIndexingIsNotQueried() {
    assertRefused(releases.whereEqualTo("log", "x"), "log");
  }

  @Test
  void sumsAreInTheIndexTooAndCountsAreNot() {
    Query query = releases.whereEqualTo("team", "a");

    assertThatCode(() -> await(query.count().get())).doesNotThrowAnyException();
    assertThatThrownBy(() -> await(query.aggregate(AggregateField.sum("bytes")).get()))
        .hasStackTraceContaining("bytes");
  }

  @Test
  void aListenerIsRefusedToo() throws Exception {
    CompletableFuture<String> refusal = new CompletableFuture<>();

    releases
        .orderBy("a")
        .orderBy("b")
        .addSnapshotListener((snapshot, error) -> refusal.complete(String.valueOf(error)));

    assertThat(refusal.get(20, TimeUnit.SECONDS)).contains("The query requires an index");
  }

  @Test
  void withoutADeclarationEveryQueryIsServed() {
    cloud.close();
    cloud = new Cloud(folder, time, time, Indexes.permissive(), Set.of());

    assertServed(cloud.db.collectionGroup("releases").orderBy("a").orderBy("b"));
  }

  @Test
  void aDeclarationThatCannotBeReadIsRefusedByName() {
    assertThatThrownBy(() -> Indexes.parse("{\"indexes\": [{\"fields\": []}]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("collectionGroup");
    assertThatThrownBy(() -> Indexes.parse("nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("firestore.indexes.json");
  }

  private static void assertServed(Query query) {
    assertThatCode(() -> await(query.get())).doesNotThrowAnyException();
  }

  private static void assertRefused(Query query, String named) {
    assertThatThrownBy(() -> await(query.get()))
        .hasStackTraceContaining("FAILED_PRECONDITION")
        .hasStackTraceContaining("The query requires an index")
        .hasStackTraceContaining(named);
  }
}
