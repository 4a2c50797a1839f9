package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of one request, all at one moment; those of a transaction are remembered by it. */
final class Reading {

  private final Snapshot snapshot;
  private final @Nullable Transaction transaction;
  private final boolean begun;

  Reading(Snapshot snapshot, @Nullable Transaction transaction, boolean begun) {
    this.snapshot = snapshot;
    this.transaction = transaction;
    this.begun = begun;
  }

  Timestamp time() {
    return Times.timestamp(snapshot.micros());
  }

  /** The id of the transaction this request began, or empty. */
  ByteString begunTransaction() {
    return transaction != null && begun ? transaction.id() : ByteString.EMPTY;
  }

  @Nullable Document get(DocumentName name) {
    Document document = snapshot.get(name);
    if (transaction != null) {
      transaction.record(new Read.One(name, document));
    }
    return document;
  }

  Query.Results run(Query query) {
    Query.Results results = query.run(snapshot);
    if (transaction != null) {
      transaction.record(new Read.Many(query, results.documents()));
    }
    return results;
  }

  /** Every document below {@code selection}, not remembered by a transaction. */
  List<Found> all(Selection selection) {
    List<Found> all = new ArrayList<>();
    snapshot.forEach(selection, all::add);
    return all;
  }
}
