package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.WriteResult;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values the server works out. */
abstract class TransformCases extends Cases {

  TransformCases(Peer peer) {
    super(peer);
  }

  @Test
  void serverTimestampsOfOneCommitAreTheSame() throws Exception {
    DocumentReference doc = col().document("a");

    WriteResult written =
        await(doc.set(Map.of("at", FieldValue.serverTimestamp(), "in", Map.of("at", FieldValue.serverTimestamp()))));

    DocumentSnapshot read = await(doc.get());
    Timestamp at = Objects.requireNonNull(read.getTimestamp("at"));
    assertThat(at).isEqualTo(read.getTimestamp("in.at"));
    assertThat(at).isLessThanOrEqualTo(written.getUpdateTime());
    assertThat(at.getSeconds()).isBetween(
        written.getUpdateTime().getSeconds() - 1, written.getUpdateTime().getSeconds());
  }

  @Test
  void incrementsAddAndStartFromNothing() throws Exception {
    assertThat(after(1L, FieldValue.increment(2))).isEqualTo(3L);
    assertThat(after(1L, FieldValue.increment(0.5))).isEqualTo(1.5);
    assertThat(after(1.5, FieldValue.increment(1))).isEqualTo(2.5);
    assertThat(after("text", FieldValue.increment(2))).isEqualTo(2L);
    assertThat(after(null, FieldValue.increment(2))).isEqualTo(2L);
  }

  @Test
  void incrementsStopAtTheEndsOfTheIntegers() throws Exception {
    assertThat(after(Long.MAX_VALUE, FieldValue.increment(1))).isEqualTo(Long.MAX_VALUE);
    assertThat(after(Long.MIN_VALUE, FieldValue.increment(-1))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aFieldThatIsMissingIsSetToTheOperand() throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.set(Map.of("other", 1)));

    await(doc.update("n", FieldValue.increment(7), "u", FieldValue.arrayUnion(1, 2)));

    assertThat(await(doc.get()).getData())
        .isEqualTo(Map.of("other", 1L, "n", 7L, "u", List.of(1L, 2L)));
  }

  @Test
  void elementsAreAddedToArraysOnceAndRemovedEverywhere() throws Exception {
    assertThat(after(List.of(1, 2), FieldValue.arrayUnion(2, 3, 3))).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(after(List.of(1, 2, 1), FieldValue.arrayRemove(1))).isEqualTo(List.of(2L));
    assertThat(after("text", FieldValue.arrayUnion(1))).isEqualTo(List.of(1L));
    assertThat(after("text", FieldValue.arrayRemove(1))).isEqualTo(List.of());
  }

  @Test
  void theGreaterOrTheLesserStays() throws Exception {
    assertThat(after(3L, maximum(5))).isEqualTo(5L);
    assertThat(after(3L, maximum(2))).isEqualTo(3L);
    assertThat(after(3L, maximum(3.5))).isEqualTo(3.5);
    assertThat(after(3L, maximum(3.0))).isEqualTo(3L);
    assertThat(after("text", maximum(1))).isEqualTo(1L);
    assertThat(after(3L, minimum(5))).isEqualTo(3L);
    assertThat(after(3L, minimum(2))).isEqualTo(2L);
    assertThat(after(Double.NaN, maximum(2))).isEqualTo(Double.NaN);
  }

  /** What a field that holds {@code before} holds after the transform. */
  private @Nullable Object after(@Nullable Object before, FieldValue transform) throws Exception {
    DocumentReference doc = col().document("a");
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("f", before);
    await(doc.set(data));
    await(doc.update("f", transform));
    return await(doc.get()).get("f");
  }

  private @Nullable Object after(Object before, FieldTransform.Builder transform)
      throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.set(Map.of("f", before)));
    try (Wire wire = Wire.to(endpoint())) {
      wire.commit(root(), "col/a", transform.setFieldPath("f").build());
    }
    return await(doc.get()).get("f");
  }

  private static FieldTransform.Builder maximum(Number n) {
    return FieldTransform.newBuilder().setMaximum(Wire.number(n));
  }

  private static FieldTransform.Builder minimum(Number n) {
    return FieldTransform.newBuilder().setMinimum(Wire.number(n));
  }
}
