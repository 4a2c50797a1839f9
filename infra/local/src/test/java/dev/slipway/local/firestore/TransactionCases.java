package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.TransactionOptions;
import com.google.cloud.firestore.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Transactions, as far as optimistic and pessimistic ones behave alike. */
abstract class TransactionCases extends Cases {

  TransactionCases(Peer peer) {
    super(peer);
  }

  @Test
  void aTransactionReadsThenWrites() throws Exception {
    DocumentReference doc = col().document("a");
    await(doc.set(Map.of("n", 1)));

    long before =
        await(
            db.runTransaction(
                tx -> {
                  long n = n(await(tx.get(doc)));
                  tx.update(doc, "n", n + 1);
                  tx.set(col().document("b"), Map.of("copy", n));
                  return n;
                }));

    assertThat(before).isEqualTo(1);
    assertThat(await(doc.get()).getLong("n")).isEqualTo(2);
    assertThat(await(col().document("b").get()).getLong("copy")).isEqualTo(1);
  }

  @Test
  void aTransactionThatThrowsWritesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                await(
                    db.runTransaction(
                        tx -> {
                          tx.set(col().document("a"), Map.of("n", 1));
                          throw new IllegalStateException("changed my mind");
                        })))
        .hasStackTraceContaining("changed my mind");

    assertThat(await(col().document("a").get()).exists()).isFalse();
  }

  @Test
  void contendedIncrementsAreAllCounted() throws Exception {
    assertThat(contendedIncrements(4)).isEqualTo(4);
  }

  @Test
  void aReadOnlyTransactionSeesThePastItAsksFor() throws Exception {
    DocumentReference doc = col().document("a");
    WriteResult first = await(doc.set(Map.of("n", 1)));
    await(doc.set(Map.of("n", 2)));
    await(col().document("b").set(Map.of("n", 3)));
    Timestamp then = first.getUpdateTime();

    List<Long> seen =
        await(
            db.runTransaction(
                tx -> {
                  List<Long> numbers = new ArrayList<>();
                  await(tx.get(col())).forEach(d -> numbers.add(n(d)));
                  numbers.add(n(await(tx.get(doc))));
                  return numbers;
                },
                TransactionOptions.createReadOnlyOptionsBuilder()
                    .setReadTime(then.toProto())
                    .build()));

    assertThat(seen).containsExactly(1L, 1L);
  }

  @Test
  void aReadOnlyTransactionReadsQueriesAndDocuments() throws Exception {
    await(col().document("a").set(Map.of("n", 1)));

    int size =
        await(
            db.runTransaction(
                tx -> await(tx.get(col())).size() + await(tx.getAll(col().document("a"))).size(),
                TransactionOptions.createReadOnlyOptionsBuilder().build()));

    assertThat(size).isEqualTo(2);
  }

  @Test
  void countsAreReadInTransactions() throws Exception {
    await(col().document("a").set(Map.of("n", 1)));

    long count = await(db.runTransaction(tx -> await(tx.get(col().count())).getCount()));

    assertThat(count).isEqualTo(1);
  }

  /** What a counter stands at after that many transactions added one to it at the same time. */
  long contendedIncrements(int number) throws Exception {
    DocumentReference doc = col().document("counter");
    await(doc.set(Map.of("n", 0)));
    List<ApiFuture<Object>> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(
          db.runTransaction(
              tx -> {
                long n = n(await(tx.get(doc)));
                tx.update(doc, "n", n + 1);
                return null;
              },
              TransactionOptions.createReadWriteOptionsBuilder().setNumberOfAttempts(200).build()));
    }
    for (ApiFuture<Object> one : all) {
      await(one);
    }
    return n(await(doc.get()));
  }

  private static long n(DocumentSnapshot snapshot) {
    return Objects.requireNonNull(snapshot.getLong("n"));
  }
}
