package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.firestore.BulkWriter;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.WriteBatch;
import com.google.cloud.firestore.WriteResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes and reads of documents by name. */
abstract class WriteCases extends Cases {

  WriteCases(Peer peer) {
    super(peer);
  }

  @Test
  void aDocumentReadsAsItWasWritten() throws Exception {
    DocumentReference doc = col().document("a");
    Map<String, Object> data =
        Map.of("s", "text", "n", 5L, "d", 1.5, "list", List.of(1L, "two"), "map", Map.of("k", true));

    WriteResult written = await(doc.set(data));

    DocumentSnapshot read = await(doc.get());
    assertThat(read.getData()).isEqualTo(data);
    assertThat(read.getUpdateTime()).isEqualTo(written.getUpdateTime());
    assertThat(read.getCreateTime()).isEqualTo(written.getUpdateTime());
    assertThat(read.getReadTime()).isGreaterThanOrEqualTo(written.getUpdateTime());
  }

  @Test
  void creatingWhatExistsIsRefused() throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.create(Map.of("n", 1)));

    assertRefused(doc.create(Map.of("n", 2)), Code.ALREADY_EXISTS);

    assertThat(await(doc.get()).getLong("n")).isEqualTo(1);
  }

  @Test
  void updatingWhatDoesNotExistIsRefused() throws Exception {
    assertRefused(col().document("a").update("n", 1), Code.NOT_FOUND);
    assertThat(await(col().document("a").get()).exists()).isFalse();
  }

  @Test
  void aWriteOnAnOlderVersionIsRefused() throws Exception {
    DocumentReference doc = col().document("a");
    WriteResult first = await(doc.set(Map.of("n", 1)));
    WriteResult second = await(doc.set(Map.of("n", 2)));

    assertRefused(
        doc.update(Map.of("n", 3), Precondition.updatedAt(first.getUpdateTime())),
        Code.FAILED_PRECONDITION);
    assertRefused(
        doc.delete(Precondition.updatedAt(first.getUpdateTime())), Code.FAILED_PRECONDITION);
    await(doc.update(Map.of("n", 4), Precondition.updatedAt(second.getUpdateTime())));

    assertThat(await(doc.get()).getLong("n")).isEqualTo(4);
  }

  @Test
  void aDocumentThatIsGoneHasNoVersionToWriteOn() throws Exception {
    DocumentReference doc = col().document("a");
    WriteResult written = await(doc.set(Map.of("n", 1)));
    await(doc.delete());

    assertRefused(
        doc.update(Map.of("n", 3), Precondition.updatedAt(written.getUpdateTime())),
        Code.FAILED_PRECONDITION);
  }

  @Test
  void updatesAreLaterThanWhatTheyUpdateAndLeaveTheCreationTime() throws Exception {
    DocumentReference doc = col().document("a");
    WriteResult first = await(doc.set(Map.of("n", 1)));
    WriteResult second = await(doc.set(Map.of("n", 2)));

    assertThat(second.getUpdateTime()).isGreaterThan(first.getUpdateTime());
    assertThat(await(doc.get()).getCreateTime()).isEqualTo(first.getUpdateTime());
  }

  @Test
  void aWriteThatChangesNothingLeavesTheUpdateTime() throws Exception {
    DocumentReference doc = col().document("a");
    WriteResult first = await(doc.set(Map.of("n", 1)));

    WriteResult second = await(doc.set(Map.of("n", 1)));

    assertThat(second.getUpdateTime()).isEqualTo(first.getUpdateTime());
  }

  @Test
  void anUpdateTouchesOnlyTheFieldsItNames() throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.set(Map.of("keep", 1, "map", Map.of("keep", 1, "change", 1, "go", 1), "go", 1)));

    await(
        doc.update(
            Map.of(
                "map.change", 2,
                "map.go", FieldValue.delete(),
                "new.deep", 3,
                "go", FieldValue.delete())));

    assertThat(await(doc.get()).getData())
        .isEqualTo(
            Map.of("keep", 1L, "map", Map.of("keep", 1L, "change", 2L), "new", Map.of("deep", 3L)));
  }

  @Test
  void fieldsWithAnyNameCanBeUpdated() throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.set(Map.of("a.b", 1, "c`d\\e", 1)));

    await(doc.update(FieldPath.of("a.b"), 2, FieldPath.of("c`d\\e"), 3));

    assertThat(await(doc.get()).getData()).isEqualTo(Map.of("a.b", 2L, "c`d\\e", 3L));
  }

  @Test
  void aMergeCreatesWhatIsMissingAndKeepsTheRest() throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.set(Map.of("map", Map.of("a", 1)), SetOptions.merge()));

    await(doc.set(Map.of("map", Map.of("b", 2)), SetOptions.merge()));

    assertThat(await(doc.get()).getData()).isEqualTo(Map.of("map", Map.of("a", 1L, "b", 2L)));
  }

  @Test
  void aBatchIsAllOrNothing() throws Exception {
    await(col().document("b").set(Map.of("n", 1)));
    WriteBatch batch = db.batch();
    batch.set(col().document("a"), Map.of("n", 1));
    batch.create(col().document("b"), Map.of("n", 2));

    assertRefused(batch.commit(), Code.ALREADY_EXISTS);

    assertThat(await(col().document("a").get()).exists()).isFalse();
  }

  @Test
  void laterWritesOfABatchSeeEarlierOnes() throws Exception {
    DocumentReference doc = col().document("a");
    WriteBatch batch = db.batch();
    batch.create(doc, Map.of("n", 1));
    batch.update(doc, "m", 2);
    batch.set(col().document("gone"), Map.of("n", 1));
    batch.delete(col().document("gone"));

    List<WriteResult> results = await(batch.commit());

    assertThat(results.get(0).getUpdateTime()).isEqualTo(results.get(1).getUpdateTime());
    assertThat(await(doc.get()).getData()).isEqualTo(Map.of("n", 1L, "m", 2L));
    assertThat(await(col().document("gone").get()).exists()).isFalse();
  }

  @Test
  void writesInBulkStandOrFallAlone() throws Exception {
    await(col().document("b").set(Map.of("n", 1)));

    BulkWriter bulk = db.bulkWriter();
    bulk.addWriteErrorListener(error -> false);
    var first = bulk.create(col().document("a"), Map.of("n", 1));
    var second = bulk.create(col().document("b"), Map.of("n", 2));
    bulk.close();

    assertThat(await(first).getUpdateTime()).isNotNull();
    assertThatThrownBy(() -> await(second)).hasStackTraceContaining("exists");
    assertThat(await(col().document("a").get()).exists()).isTrue();
    assertThat(await(col().document("b").get()).getLong("n")).isEqualTo(1);
  }

  @Test
  void manyAreReadAtOnceMaskedAndMissingOnesToo() throws Exception {
    await(col().document("a").set(Map.of("n", 1, "map", Map.of("x", 1, "y", 2))));

    List<DocumentSnapshot> read =
        await(
            db.getAll(
                new DocumentReference[] {col().document("a"), col().document("b")},
                FieldMask.of("map.x")));

    assertThat(read).extracting(DocumentSnapshot::exists).containsExactly(true, false);
    assertThat(read.getFirst().getData()).isEqualTo(Map.of("map", Map.of("x", 1L)));
  }

  @Test
  void collectionsAndDocumentsAreListedMissingParentsToo() throws Exception {
    await(db.document("col/a").set(Map.of("n", 1)));
    await(db.document("col/missing/sub/x").set(Map.of("n", 1)));
    await(db.document("other/o").set(Map.of("n", 1)));

    assertThat(db.listCollections()).extracting(c -> c.getId()).containsExactly("col", "other");
    assertThat(col().listDocuments()).extracting(d -> d.getId()).containsExactly("a", "missing");
    assertThat(db.document("col/missing").listCollections())
        .extracting(c -> c.getId())
        .containsExactly("sub");
  }

  @Test
  void aDocumentOfMoreThanAMebibyteIsRefused() throws Exception {
    await(col().document("fits").set(Map.of("s", "x".repeat((1 << 20) - 200))));

    assertRefused(
        col().document("big").set(Map.of("s", "x".repeat(1 << 20))), Code.INVALID_ARGUMENT);
  }

  @Test
  void aDocumentNestedTooDeepIsRefused() throws Exception {
    Map<String, Object> deep = Map.of("leaf", 1L);
    for (int depth = 0; depth < 20; depth++) {
      deep = Collections.singletonMap("m", deep);
    }
    await(col().document("fits").set(deep));

    assertRefused(
        col().document("deep").set(Collections.singletonMap("m", deep)), Code.INVALID_ARGUMENT);
  }

  @Test
  void namedDatabasesAreApart() throws Exception {
    await(col().document("a").set(Map.of("where", "default")));

    Firestore other = connect("team-a");
    assertThat(await(other.document("col/a").get()).exists()).isFalse();
    await(other.document("col/a").set(Map.of("where", "team-a")));
    other.shutdownNow();

    assertThat(await(col().document("a").get()).getString("where")).isEqualTo("default");
  }
}
