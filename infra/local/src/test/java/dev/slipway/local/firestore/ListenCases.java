package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.DocumentChange;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QuerySnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Listeners of Google's client. */
abstract class ListenCases extends Cases {

  ListenCases(Peer peer) {
    super(peer);
  }

  @Test
  void aListenerOfADocumentHearsOfItsWholeLife() throws Exception {
    DocumentReference doc = col().document("a");
    BlockingQueue<DocumentSnapshot> heard = new LinkedBlockingQueue<>();

    doc.addSnapshotListener((snapshot, error) -> heard.add(snapshot));
    assertThat(next(heard).exists()).isFalse();
    await(doc.set(Map.of("n", 1)));
    assertThat(next(heard).getLong("n")).isEqualTo(1);
    await(doc.update("n", 2));
    assertThat(next(heard).getLong("n")).isEqualTo(2);
    await(doc.delete());
    assertThat(next(heard).exists()).isFalse();
  }

  @Test
  void aListenerOfAQueryHearsWhatComesChangesAndGoes() throws Exception {
    await(col().document("a").set(Map.of("n", 1)));
    await(col().document("low").set(Map.of("n", 0)));
    Query query = col().whereGreaterThan("n", 0).orderBy("n");
    BlockingQueue<QuerySnapshot> heard = new LinkedBlockingQueue<>();

    query.addSnapshotListener((snapshot, error) -> heard.add(snapshot));
    assertThat(ids(next(heard))).containsExactly("a");

    await(col().document("b").set(Map.of("n", 2)));
    assertThat(change(next(heard))).isEqualTo("ADDED b");

    await(col().document("a").update("n", 3));
    QuerySnapshot modified = next(heard);
    assertThat(change(modified)).isEqualTo("MODIFIED a");
    assertThat(ids(modified)).containsExactly("b", "a");

    await(col().document("b").update("n", 0));
    assertThat(change(next(heard))).isEqualTo("REMOVED b");

    await(col().document("a").delete());
    QuerySnapshot removed = next(heard);
    assertThat(change(removed)).isEqualTo("REMOVED a");
    assertThat(ids(removed)).isEmpty();
  }

  @Test
  void aListenerOfALimitedQueryHearsWhoMovesUp() throws Exception {
    for (int i = 1; i <= 3; i++) {
      await(col().document("d" + i).set(Map.of("n", i)));
    }
    BlockingQueue<QuerySnapshot> heard = new LinkedBlockingQueue<>();

    col().orderBy("n").limit(2).addSnapshotListener((snapshot, error) -> heard.add(snapshot));
    assertThat(ids(next(heard))).containsExactly("d1", "d2");
    await(col().document("d1").delete());
    assertThat(ids(next(heard))).containsExactly("d2", "d3");
  }

  @Test
  void theWritesOfOneCommitAreHeardTogether() throws Exception {
    BlockingQueue<QuerySnapshot> heard = new LinkedBlockingQueue<>();

    col().addSnapshotListener((snapshot, error) -> heard.add(snapshot));
    assertThat(ids(next(heard))).isEmpty();
    var batch = db.batch();
    batch.set(col().document("a"), Map.of("n", 1));
    batch.set(col().document("b"), Map.of("n", 2));
    await(batch.commit());

    QuerySnapshot both = next(heard);
    assertThat(ids(both)).containsExactly("a", "b");
    assertThat(both.getDocumentChanges()).extracting(c -> c.getType()).containsOnly(DocumentChange.Type.ADDED);
  }

  @Test
  void aListenerThatLeftHearsNoMore() throws Exception {
    BlockingQueue<QuerySnapshot> heard = new LinkedBlockingQueue<>();
    BlockingQueue<QuerySnapshot> still = new LinkedBlockingQueue<>();
    var leaving = col().addSnapshotListener((snapshot, error) -> heard.add(snapshot));
    col().addSnapshotListener((snapshot, error) -> still.add(snapshot));
    next(heard);
    next(still);

    leaving.remove();
    await(col().document("a").set(Map.of("n", 1)));

    assertThat(ids(next(still))).containsExactly("a");
    // What was under way when it left may still have come; nothing later does.
    await(col().document("b").set(Map.of("n", 2)));
    assertThat(ids(next(still))).containsExactly("a", "b");
    assertThat(heard).noneMatch(snapshot -> ids(snapshot).contains("b"));
  }

  private static <T> T next(BlockingQueue<T> heard) throws InterruptedException {
    T next = heard.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("heard within 20 s").isNotNull();
    return next;
  }

  private static List<String> ids(QuerySnapshot snapshot) {
    return snapshot.getDocuments().stream().map(DocumentSnapshot::getId).toList();
  }

  private static String change(QuerySnapshot snapshot) {
    var changes = snapshot.getDocumentChanges();
    assertThat(changes).hasSize(1);
    return changes.getFirst().getType() + " " + changes.getFirst().getDocument().getId();
  }
}
