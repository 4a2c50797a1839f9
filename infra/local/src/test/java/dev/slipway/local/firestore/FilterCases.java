package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.AggregateField;
import com.google.cloud.firestore.AggregateQuerySnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Filter;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which documents a query finds, and what is counted of them. */
abstract class FilterCases extends Cases {

  FilterCases(Peer peer) {
    super(peer);
  }

  @Test
  void equalityGoesByNumberNotByType() throws Exception {
    values(1, 1.0, 2, "1", null);

    assertThat(found(col().whereEqualTo("v", 1))).containsExactly("v0", "v1");
    assertThat(found(col().whereEqualTo("v", "1"))).containsExactly("v3");
  }

  @Test
  void inequalitiesHoldValuesOfTheSameTypeOnly() throws Exception {
    values(1, 2.5, 3, "text", null, true, Double.NaN);

    assertThat(found(col().whereLessThan("v", 3))).containsExactlyInAnyOrder("v0", "v1");
    assertThat(found(col().whereLessThanOrEqualTo("v", 3)))
        .containsExactlyInAnyOrder("v0", "v1", "v2");
    assertThat(found(col().whereGreaterThan("v", 1))).containsExactlyInAnyOrder("v1", "v2");
    assertThat(found(col().whereGreaterThanOrEqualTo("v", 2.5)))
        .containsExactlyInAnyOrder("v1", "v2");
    assertThat(found(col().whereGreaterThan("v", ""))).containsExactly("v3");
  }

  @Test
  void whatIsNotEqualMustBeThereAndNotNull() throws Exception {
    values(1, 2, "text", null, Double.NaN);
    await(col().document("without").set(Map.of("other", 1)));

    assertThat(found(col().whereNotEqualTo("v", 1)))
        .containsExactlyInAnyOrder("v1", "v2", "v4");
    assertThat(found(col().whereNotIn("v", List.of(1, "text"))))
        .containsExactlyInAnyOrder("v1", "v4");
    assertThat(found(col().whereNotIn("v", Arrays.asList(1, null)))).isEmpty();
    assertThat(found(col().whereNotEqualTo("v", null)))
        .containsExactlyInAnyOrder("v0", "v1", "v2", "v4");
    assertThat(found(col().whereNotEqualTo("v", Double.NaN)))
        .containsExactlyInAnyOrder("v0", "v1", "v2");
  }

  @Test
  void nullAndNanAreFoundByName() throws Exception {
    values(1, null, Double.NaN);

    assertThat(found(col().whereEqualTo("v", null))).containsExactly("v1");
    assertThat(found(col().whereEqualTo("v", Double.NaN))).containsExactly("v2");
  }

  @Test
  void oneOfSeveralIsFound() throws Exception {
    values(1, 2, "text", null);

    assertThat(found(col().whereIn("v", List.of(1, "text", 9)))).containsExactly("v0", "v2");
  }

  @Test
  void arraysAreFoundByTheirElements() throws Exception {
    values(List.of(1, 2), List.of(2, 3), List.of("2"), 2);

    assertThat(found(col().whereArrayContains("v", 2))).containsExactly("v0", "v1");
    assertThat(found(col().whereArrayContainsAny("v", List.of(3, "2"))))
        .containsExactly("v1", "v2");
  }

  @Test
  void filtersAreJoinedByAndAndOr() throws Exception {
    for (int i = 0; i < 6; i++) {
      await(col().document("d" + i).set(Map.of("a", i % 2, "b", i % 3, "c", i)));
    }

    assertThat(found(col().whereEqualTo("a", 1).whereEqualTo("b", 2))).containsExactly("d5");
    assertThat(
            found(
                col().where(
                    Filter.or(
                        Filter.and(Filter.equalTo("a", 0), Filter.equalTo("b", 0)),
                        Filter.equalTo("c", 5)))))
        .containsExactly("d0", "d5");
    assertThat(found(col().whereGreaterThan("c", 1).whereLessThan("b", 2).whereEqualTo("a", 0)))
        .containsExactly("d4");
  }

  @Test
  void fieldsInMapsAreFilteredToo() throws Exception {
    await(col().document("a").set(Map.of("map", Map.of("x", 1))));
    await(col().document("b").set(Map.of("map", Map.of("x", 2))));

    assertThat(found(col().whereGreaterThan("map.x", 1))).containsExactly("b");
    assertThat(found(col().whereEqualTo("map", Map.of("x", 1)))).containsExactly("a");
  }

  @Test
  void documentsAreFoundByName() throws Exception {
    values(1, 2, 3);

    assertThat(found(col().whereGreaterThan(FieldPath.documentId(), "v0")))
        .containsExactly("v1", "v2");
    assertThat(found(col().whereIn(FieldPath.documentId(), List.of("v2", "v0", "none"))))
        .containsExactly("v0", "v2");
  }

  @Test
  void aCollectionGroupIsFoundAtAnyDepthAndACollectionAtOne() throws Exception {
    await(db.document("events/e0").set(Map.of("n", 0)));
    await(db.document("releases/r1/events/e1").set(Map.of("n", 1)));
    await(db.document("releases/r2/events/e2").set(Map.of("n", 2)));
    await(db.document("releases/r2/eventsx/e3").set(Map.of("n", 3)));

    assertThat(found(db.collectionGroup("events"))).containsExactly("e0", "e1", "e2");
    assertThat(found(db.collectionGroup("events").whereGreaterThan("n", 0)))
        .containsExactly("e1", "e2");
    assertThat(found(db.collection("releases/r2/events"))).containsExactly("e2");
    assertThat(found(db.collection("events"))).containsExactly("e0");
  }

  @Test
  void aProjectionShowsOnlyTheFieldsItNames() throws Exception {
    await(col().document("a").set(Map.of("n", 1, "map", Map.of("x", 1, "y", 2))));

    assertThat(await(col().select("map.y").get()).getDocuments().getFirst().getData())
        .isEqualTo(Map.of("map", Map.of("y", 2L)));
    assertThat(await(col().select(FieldPath.documentId()).get()).getDocuments().getFirst().getData())
        .isEmpty();
  }

  @Test
  void resultsAreCountedSummedAndAveraged() throws Exception {
    values(1, 2, 4.5, "text", null);

    AggregateQuerySnapshot result =
        await(
            col()
                .aggregate(
                    AggregateField.count(),
                    AggregateField.sum("v"),
                    AggregateField.average("v"))
                .get());

    assertThat(result.getCount()).isEqualTo(5);
    assertThat(result.get(AggregateField.sum("v"))).isEqualTo(7.5);
    assertThat(result.get(AggregateField.average("v"))).isEqualTo(2.5);
    assertThat(await(col().whereGreaterThan("v", 1).count().get()).getCount()).isEqualTo(2);
    assertThat(await(col().limit(3).count().get()).getCount()).isEqualTo(3);
  }

  @Test
  void nothingSumsToZeroAndHasNoAverage() throws Exception {
    AggregateQuerySnapshot result =
        await(col().aggregate(AggregateField.sum("v"), AggregateField.average("v")).get());

    assertThat(result.get(AggregateField.sum("v"))).isEqualTo(0L);
    assertThat(result.get(AggregateField.average("v"))).isNull();
  }

  /** Writes documents v0, v1, ... each with a value in the field v. */
  private void values(@Nullable Object... values) throws Exception {
    for (int i = 0; i < values.length; i++) {
      Map<String, @Nullable Object> data = new HashMap<>();
      data.put("v", values[i]);
      await(col().document("v" + i).set(data));
    }
  }

  private static List<String> found(Query query) throws Exception {
    return await(query.get()).getDocuments().stream().map(QueryDocumentSnapshot::getId).toList();
  }
}
