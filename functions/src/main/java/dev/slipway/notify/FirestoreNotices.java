package dev.slipway.notify;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.release.ReleaseId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices in the ledger's database, one document a release. */
public final class FirestoreNotices implements Notices {

  private static final String COLLECTION = "notices";
  private static final String VALUE = "value";
  private static final String HELD_UNTIL = "heldUntil";

  private final Firestore firestore;

  public FirestoreNotices(Firestore firestore) {
    this.firestore = firestore;
  }

  @Override
  public Optional<Kept> find(ReleaseId release) {
    DocumentSnapshot document = Answers.of(document(release).get());
    return document.exists()
        ? Optional.of(new Kept(read(document), Objects.requireNonNull(document.getUpdateTime())))
        : Optional.empty();
  }

  /** A notice written before there was anything to query for is the document itself. */
  private static Notice read(DocumentSnapshot document) {
    Object value = document.get(VALUE);
    return Json.value(
        value == null ? Objects.requireNonNull(document.getData()) : value, Notice.class);
  }

  @Override
  public Optional<Kept> claim(Notice notice) {
    try {
      Timestamp written =
          Answers.of(document(notice.release()).create(fields(notice))).getUpdateTime();
      return Optional.of(new Kept(notice, written));
    } catch (AlreadyExistsException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Kept> replace(Kept before, Notice after) {
    try {
      Timestamp written =
          Answers.of(
                  document(after.release())
                      .update(
                          fields(after), Precondition.updatedAt((Timestamp) before.stamp())))
              .getUpdateTime();
      return Optional.of(new Kept(after, written));
    } catch (FailedPreconditionException | AbortedException | NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ReleaseId> held(Instant from, Instant to) {
    var query =
        firestore
            .collection(COLLECTION)
            .whereGreaterThan(HELD_UNTIL, timestamp(from))
            .whereLessThanOrEqualTo(HELD_UNTIL, timestamp(to))
            .select(new String[0]);
    return Answers.of(query.get()).getDocuments().stream()
        .map(document -> ReleaseId.parse(document.getId()))
        .toList();
  }

  private static Map<String, @Nullable Object> fields(Notice notice) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put(VALUE, Json.map(notice, Notice.class));
    fields.put(HELD_UNTIL, notice.heldUntil().map(FirestoreNotices::timestamp).orElse(null));
    return fields;
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.ofTimeSecondsAndNanos(at.getEpochSecond(), at.getNano());
  }

  private DocumentReference document(ReleaseId release) {
    return firestore.collection(COLLECTION).document(release.toString());
  }
}
