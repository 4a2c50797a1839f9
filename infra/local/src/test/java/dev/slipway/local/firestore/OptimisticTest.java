package dev.slipway.local.firestore;

import static dev.slipway.local.firestore.Cases.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import dev.slipway.local.time.VirtualTime;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions step by step, on the wire: who wins, and what each sees. */
final class OptimisticTest {

  private static final String DATABASE = "projects/laptop/databases/(default)";
  private static final String ROOT = DATABASE + "/documents";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Cloud cloud;
  private Wire wire;

  @BeforeEach
  void open() throws Exception {
    cloud = new Cloud(folder, time, time, Indexes.permissive(), Set.of());
    wire = Wire.to(cloud.endpoint());
    write("a", 1);
    write("b", 1);
  }

  @AfterEach
  void close() {
    wire.close();
    cloud.close();
  }

  @Test
  void aTransactionSeesOneMomentAndLosesToAnyChangeOfWhatItRead() throws Exception {
    ByteString tx = begin();
    assertThat(read(tx, "a")).isEqualTo(1);
    write("a", 2);
    write("b", 2);

    assertThat(read(tx, "b")).isEqualTo(1);
    assertCode(() -> commit(tx, "c"), Code.ABORTED);
    assertThat(await(cloud.db.document("col/c").get()).exists()).isFalse();
    wire.api()
        .rollback(RollbackRequest.newBuilder().setDatabase(DATABASE).setTransaction(tx).build());
  }

  @Test
  void changesOfWhatItDidNotReadDoNotConcernIt() throws Exception {
    ByteString tx = begin();
    read(tx, "a");
    write("b", 2);

    commit(tx, "b");

    assertThat(await(cloud.db.document("col/b").get()).getData()).isEmpty();
  }

  @Test
  void oneMoreResultOfAQueryItRanIsAChange() throws Exception {
    ByteString tx = begin();
    assertThat(query(tx)).hasSize(2);
    write("phantom", 1);

    assertThat(query(tx)).hasSize(2);
    assertCode(() -> commit(tx, "c"), Code.ABORTED);
  }

  @Test
  void theCreationOfWhatItFoundMissingIsAChange() throws Exception {
    ByteString tx = begin();
    assertThat(read(tx, "missing")).isEqualTo(-1);
    write("missing", 1);

    assertCode(() -> commit(tx, "c"), Code.ABORTED);
  }

  @Test
  void aRetryGoesBeforeYoungerTransactionsUntilItHasCommitted() throws Exception {
    ByteString slow = begin();
    read(slow, "a");
    write("a", 2);
    assertCode(() -> commit(slow, "a"), Code.ABORTED);

    ByteString retry = retry(slow);
    ByteString younger = begin();
    read(younger, "a");
    assertCode(() -> commit(younger, "a"), Code.ABORTED);
    read(retry, "a");
    commit(retry, "a");

    ByteString again = retry(younger);
    read(again, "a");
    commit(again, "a");
  }

  @Test
  void aRetryThatNeverCommitsHoldsUpOthersForTenSecondsOnly() throws Exception {
    ByteString lost = begin();
    read(lost, "a");
    write("a", 2);
    assertCode(() -> commit(lost, "a"), Code.ABORTED);
    retry(lost);

    time.advance(Duration.ofSeconds(11));
    ByteString other = begin();
    read(other, "a");

    commit(other, "a");
  }

  @Test
  void aTransactionIsOverAfterItsCommitOrAfter270Seconds() throws Exception {
    ByteString done = begin();
    commit(done, "c");
    ByteString late = begin();
    time.advance(Duration.ofSeconds(271));

    assertCode(() -> commit(done, "c"), Code.INVALID_ARGUMENT);
    assertCode(() -> read(late, "a"), Code.INVALID_ARGUMENT);
  }

  @Test
  void aReadOnlyTransactionWritesNothing() {
    BeginTransactionRequest.Builder request =
        BeginTransactionRequest.newBuilder().setDatabase(DATABASE);
    request.getOptionsBuilder().getReadOnlyBuilder();
    ByteString tx = wire.api().beginTransaction(request.build()).getTransaction();

    assertCode(() -> commit(tx, "c"), Code.INVALID_ARGUMENT);
  }

  @Test
  void aReadCanBeginATransaction() throws Exception {
    BatchGetDocumentsRequest.Builder request =
        BatchGetDocumentsRequest.newBuilder()
            .setDatabase(DATABASE)
            .addDocuments(ROOT + "/col/a");
    request.getNewTransactionBuilder().getReadWriteBuilder();
    ByteString tx = wire.api().batchGetDocuments(request.build()).next().getTransaction();
    write("a", 2);

    assertThat(tx.isEmpty()).isFalse();
    assertCode(() -> commit(tx, "c"), Code.ABORTED);
  }

  private ByteString begin() {
    return retry(ByteString.EMPTY);
  }

  private ByteString retry(ByteString aborted) {
    BeginTransactionRequest.Builder request =
        BeginTransactionRequest.newBuilder().setDatabase(DATABASE);
    request.getOptionsBuilder().getReadWriteBuilder().setRetryTransaction(aborted);
    return wire.api().beginTransaction(request.build()).getTransaction();
  }

  /** The number in a document as the transaction sees it, -1 where there is no document. */
  private long read(ByteString tx, String id) {
    var answer =
        wire.api()
            .batchGetDocuments(
                BatchGetDocumentsRequest.newBuilder()
                    .setDatabase(DATABASE)
                    .setTransaction(tx)
                    .addDocuments(ROOT + "/col/" + id)
                    .build())
            .next();
    return answer.hasFound()
        ? answer
            .getFound()
            .getFieldsOrDefault("n", Value.getDefaultInstance())
            .getIntegerValue()
        : -1;
  }

  private List<Document> query(ByteString tx) {
    RunQueryRequest.Builder request =
        RunQueryRequest.newBuilder().setParent(ROOT).setTransaction(tx);
    request.getStructuredQueryBuilder().addFromBuilder().setCollectionId("col");
    List<Document> documents = new ArrayList<>();
    wire.api().runQuery(request.build()).forEachRemaining(a -> documents.add(a.getDocument()));
    return documents;
  }

  private void commit(ByteString tx, String id) {
    Write.Builder write = Write.newBuilder();
    write.getUpdateBuilder().setName(ROOT + "/col/" + id);
    wire.api()
        .commit(
            CommitRequest.newBuilder()
                .setDatabase(DATABASE)
                .setTransaction(tx)
                .addWrites(write)
                .build());
  }

  private void write(String id, long n) throws Exception {
    await(cloud.db.document("col/" + id).set(Map.of("n", n)));
  }

  private static void assertCode(Runnable call, Code code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }
}
