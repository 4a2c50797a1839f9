package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.GeoPoint;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which order a query's results come, and which part of them. */
abstract class OrderCases extends Cases {

  OrderCases(Peer peer) {
    super(peer);
  }

  @Test
  void valuesOfDifferentTypesHaveGooglesOrder() throws Exception {
    List<Object> inOrder =
        Arrays.asList(
            null,
            false,
            true,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Long.MIN_VALUE,
            -1.5,
            0L,
            0.5,
            9007199254740992.0,
            9007199254740993L,
            Long.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Timestamp.ofTimeSecondsAndNanos(1, 0),
            Timestamp.ofTimeSecondsAndNanos(2, 0),
            "",
            "a",
            "ab",
            "b",
            "\uffee",
            "\ud83d\ude00",
            Blob.fromBytes(new byte[] {1}),
            Blob.fromBytes(new byte[] {(byte) 200}),
            db.document("a/b"),
            db.document("a/b/c/d"),
            db.document("a/c"),
            new GeoPoint(-1, 2),
            new GeoPoint(1, -2),
            List.of(),
            List.of(1),
            List.of(1, 2),
            List.of("a"),
            FieldValue.vector(new double[] {9, 9}),
            FieldValue.vector(new double[] {1, 2, 3}),
            Map.of(),
            Map.of("a", 1),
            Map.of("a", 1, "b", 0),
            Map.of("b", 0));
    List<String> ids = write(inOrder);

    assertThat(found(col().orderBy("v"))).isEqualTo(ids);
    assertThat(found(col().orderBy("v", Direction.DESCENDING))).isEqualTo(ids.reversed());
  }

  @Test
  void equalValuesAreOrderedByNameInTheLastDirection() throws Exception {
    write(List.of(1, 0, 1, 0));

    assertThat(found(col().orderBy("v"))).containsExactly("v01", "v03", "v00", "v02");
    assertThat(found(col().orderBy("v", Direction.DESCENDING)))
        .containsExactly("v02", "v00", "v03", "v01");
    assertThat(found(col().orderBy("v").orderBy(FieldPath.documentId(), Direction.DESCENDING)))
        .containsExactly("v03", "v01", "v02", "v00");
  }

  @Test
  void aDocumentWithoutTheFieldIsNotInItsOrder() throws Exception {
    write(List.of(2, 1));
    await(col().document("without").set(Map.of("other", 1)));

    assertThat(found(col().orderBy("v"))).containsExactly("v01", "v00");
  }

  @Test
  void aRangeOrdersByItsField() throws Exception {
    write(List.of(3, 1, 2));

    assertThat(found(col().whereGreaterThan("v", 0))).containsExactly("v01", "v02", "v00");
  }

  @Test
  void severalOrdersAreTakenInTurn() throws Exception {
    for (int i = 0; i < 4; i++) {
      await(col().document("d" + i).set(Map.of("a", i % 2, "b", i)));
    }

    assertThat(found(col().orderBy("a", Direction.DESCENDING).orderBy("b")))
        .containsExactly("d1", "d3", "d0", "d2");
  }

  @Test
  void cursorsIncludeOrExcludeWhereTheyPoint() throws Exception {
    write(List.of(0, 1, 2, 3));
    Query query = col().orderBy("v");

    assertThat(found(query.startAt(1))).containsExactly("v01", "v02", "v03");
    assertThat(found(query.startAfter(1))).containsExactly("v02", "v03");
    assertThat(found(query.endAt(2))).containsExactly("v00", "v01", "v02");
    assertThat(found(query.endBefore(2))).containsExactly("v00", "v01");
    assertThat(found(query.startAt(1).endBefore(3))).containsExactly("v01", "v02");
    assertThat(found(col().orderBy("v", Direction.DESCENDING).startAfter(2)))
        .containsExactly("v01", "v00");
  }

  @Test
  void aCursorAtADocumentTellsEqualValuesApart() throws Exception {
    write(List.of(1, 1, 1));
    DocumentSnapshot middle = await(col().document("v01").get());

    assertThat(found(col().orderBy("v").startAfter(middle))).containsExactly("v02");
    assertThat(found(col().orderBy("v", Direction.DESCENDING).startAt(middle)))
        .containsExactly("v01", "v00");
    assertThat(found(col().startAt(middle))).containsExactly("v01", "v02");
  }

  @Test
  void limitAndOffsetCutOutAPart() throws Exception {
    write(List.of(0, 1, 2, 3, 4));

    assertThat(found(col().orderBy("v").limit(2))).containsExactly("v00", "v01");
    assertThat(found(col().orderBy("v").offset(1).limit(2))).containsExactly("v01", "v02");
    assertThat(found(col().orderBy("v").offset(9))).isEmpty();
    assertThat(found(col().orderBy("v").limitToLast(2))).containsExactly("v03", "v04");
  }

  @Test
  void namesAreOrderedByTheirBytesNumericIdsFirst() throws Exception {
    List<String> ids = List.of("__id7__", "__id12__", "A", "a", "a-b", "aa", "\u00e9");
    List<String> shuffled = new ArrayList<>(ids);
    Collections.reverse(shuffled);
    for (String id : shuffled) {
      await(col().document(id).set(Map.of("n", 1)));
    }

    assertThat(found(col())).isEqualTo(ids);
  }

  /** Writes documents v00, v01, ... each with a value in the field v. */
  private List<String> write(List<Object> values) throws Exception {
    List<String> ids = new ArrayList<>();
    var batch = db.batch();
    for (Object value : values) {
      String id = "v%02d".formatted(ids.size());
      Map<String, Object> data = new HashMap<>();
      data.put("v", value);
      batch.set(col().document(id), data);
      ids.add(id);
    }
    await(batch.commit());
    return ids;
  }

  private static List<String> found(Query query) throws Exception {
    return await(query.get()).getDocuments().stream().map(QueryDocumentSnapshot::getId).toList();
  }
}
