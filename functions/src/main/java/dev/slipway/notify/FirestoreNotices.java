package dev.slipway.notify;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteResult;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notices in the ledger's database, one document a release. */
public final class FirestoreNotices implements Notices {

  private static final String COLLECTION = "notices";
  private static final String VALUE = "value";
  private static final String HELD_UNTIL = "heldUntil";

  private static final int ATTEMPTS = 3;

  private final Firestore firestore;

  public FirestoreNotices(Firestore firestore) {
    this.firestore = firestore;
  }

  @Override
  public Optional<Kept> find(ReleaseId release) {
    DocumentSnapshot document = Answers.of(document(release).get());
    return document.exists()
        ? Optional.of(
            new Kept(
                read(document),
                Objects.requireNonNull(document.getUpdateTime()),
                Duration.between(
                    instant(document.getUpdateTime()), instant(document.getReadTime()))))
        : Optional.empty();
  }

  private static Instant instant(@Nullable Timestamp time) {
    Timestamp at = Objects.requireNonNull(time);
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** A notice written before there was anything to query for is the document itself. */
  private static Notice read(DocumentSnapshot document) {
    Object value = document.get(VALUE);
    return Json.value(
        value == null ? Objects.requireNonNull(document.getData()) : value, Notice.class);
  }

  @Override
  public Optional<Kept> claim(Notice notice) {
    return written(notice, () -> document(notice.release()).create(fields(notice)));
  }

  @Override
  public Optional<Kept> replace(Kept before, Notice after) {
    Precondition unchanged = Precondition.updatedAt((Timestamp) before.stamp());
    return written(after, () -> document(after.release()).update(fields(after), unchanged));
  }

  /**
   * Writes, and knows its own writing again when the answer was lost: the same write tried once more
   * is then refused for the first one's sake. What the database only postponed is tried again, for
   * a hold that is not let go of keeps people waiting.
   */
  private Optional<Kept> written(Notice notice, Supplier<ApiFuture<WriteResult>> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(new Kept(notice, Answers.of(write.get()).getUpdateTime()));
      } catch (AlreadyExistsException | FailedPreconditionException | NotFoundException e) {
        return own(notice);
      } catch (AbortedException | UnavailableException | DeadlineExceededException e) {
        Optional<Kept> own = own(notice);
        if (own.isPresent()) {
          return own;
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Optional<Kept> own(Notice notice) {
    return find(notice.release()).filter(kept -> kept.notice().equals(notice));
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
