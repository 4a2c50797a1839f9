package dev.slipway.notify;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import dev.slipway.google.Answers;
import java.time.Instant;
import java.util.Map;

/**
 * Receipts in the ledger's database, one document a request, with the time it may be deleted in the
 * field {@code expires}.
 */
public final class FirestoreReceipts implements Receipts {

  private static final String COLLECTION = "receipts";

  private final Firestore firestore;

  public FirestoreReceipts(Firestore firestore) {
    this.firestore = firestore;
  }

  @Override
  public boolean first(String key, Instant until) {
    try {
      var unused =
          Answers.of(
              firestore
                  .collection(COLLECTION)
                  .document(key)
                  .create(
                      Map.of(
                          "expires",
                          Timestamp.ofTimeSecondsAndNanos(
                              until.getEpochSecond(), until.getNano()))));
      return true;
    } catch (AlreadyExistsException e) {
      return false;
    }
  }
}
