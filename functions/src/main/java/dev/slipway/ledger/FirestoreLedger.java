package dev.slipway.ledger;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.WriteBatch;
import com.google.common.collect.Lists;
import dev.slipway.google.Answers;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Upload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in one Firestore database.
 *
 * <p>A change is one commit of preconditioned writes, no transaction: nothing is locked, nothing is
 * retried behind our back, and a change based on an old reading is refused whole.
 */
public final class FirestoreLedger implements Ledger, Catalog, History, SourceLedger {

  private static final Set<StatusCode.Code> LOST_RACE =
      Set.of(
          StatusCode.Code.FAILED_PRECONDITION,
          StatusCode.Code.ALREADY_EXISTS,
          StatusCode.Code.NOT_FOUND,
          StatusCode.Code.ABORTED);

  /** Firestore takes no more in one {@code in}. */
  private static final int MAX_ALTERNATIVES = 30;

  /** Uploads of two days, of an environment that has more than a thousand an hour. */
  private static final int SEEN_KEPT = 50_000;

  private final Firestore firestore;

  /**
   * Uploads this process knows to be in the ledger, which they never leave: each sweep lists those of
   * two days, and asking for all of them each time would be most of what is read.
   */
  private final Set<String> seen = Collections.synchronizedSet(new Recent());

  /** The latest keys; the oldest goes when there are too many. */
  private static final class Recent extends LinkedHashSet<String> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean add(String key) {
      if (size() >= SEEN_KEPT) {
        removeFirst();
      }
      return super.add(key);
    }
  }

  public FirestoreLedger(Firestore firestore) {
    this.firestore = firestore;
  }

  /** When each document of a reading was last written; one that was not there is missing. */
  private record Stamp(Map<String, Timestamp> updated) {}

  @Override
  public View view(ReleaseId id) {
    Map<String, Timestamp> updated = new HashMap<>();
    List<DocumentSnapshot> own = read(updated, List.of(document(id), document(id.service())));
    Optional<Release> release = Optional.of(own.get(0)).filter(d -> d.exists()).map(Documents::release);
    ServiceRecord service =
        Optional.of(own.get(1))
            .filter(d -> d.exists())
            .map(Documents::service)
            .orElseGet(() -> ServiceRecord.unknown(id.service()));
    Map<ReleaseId, Release> others = new HashMap<>();
    read(updated, others(id, service).map(this::document).toList()).stream()
        .filter(DocumentSnapshot::exists)
        .map(Documents::release)
        .forEach(other -> others.put(other.id(), other));
    return new View(id, release, service, others, new Stamp(updated));
  }

  private static Stream<ReleaseId> others(ReleaseId id, ServiceRecord service) {
    return Stream.of(service.live(), service.previous(), service.slot())
        .flatMap(Optional::stream)
        .filter(other -> !other.equals(id))
        .distinct();
  }

  private List<DocumentSnapshot> read(
      Map<String, Timestamp> updated, List<DocumentReference> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<DocumentSnapshot> found =
        Answers.of(firestore.getAll(documents.toArray(DocumentReference[]::new)));
    for (DocumentSnapshot document : found) {
      Timestamp at = document.getUpdateTime();
      if (at != null) {
        updated.put(document.getReference().getPath(), at);
      }
    }
    return found;
  }

  @Override
  public Optional<Release> release(ReleaseId id) {
    return Optional.of(Answers.of(document(id).get()))
        .filter(DocumentSnapshot::exists)
        .map(Documents::release);
  }

  @Override
  public boolean commit(View basis, Change change) {
    Stamp stamp = (Stamp) basis.stamp();
    WriteBatch batch = firestore.batch();
    for (Change.Entry entry : change.entries()) {
      DocumentReference release = document(entry.release());
      put(batch, stamp, release, Documents.of(entry.after()));
      batch.create(
          release.collection(Documents.EVENTS).document(Documents.eventId(entry.sequence())),
          Documents.of(entry));
    }
    if (!change.service().equals(basis.service())) {
      put(batch, stamp, document(basis.id().service()), Documents.of(change.service()));
    }
    try {
      Answers.of(batch.commit());
      return true;
    } catch (ApiException | FirestoreException e) {
      if (LOST_RACE.contains(code(e))) {
        return false;
      }
      throw e;
    }
  }

  private static void put(
      WriteBatch batch,
      Stamp stamp,
      DocumentReference document,
      Map<String, @Nullable Object> fields) {
    Timestamp read = stamp.updated().get(document.getPath());
    if (read == null) {
      batch.create(document, fields);
    } else {
      batch.update(document, fields, Precondition.updatedAt(read));
    }
  }

  private static StatusCode.@Nullable Code code(RuntimeException e) {
    return switch (e) {
      case ApiException api -> api.getStatusCode().getCode();
      case FirestoreException f when f.getStatus() != null ->
          StatusCode.Code.valueOf(f.getStatus().getCode().name());
      default -> null;
    };
  }

  @Override
  public List<ReleaseId> active() {
    return ids(releases().whereEqualTo(Documents.ACTIVE, true));
  }

  @Override
  public Optional<Release> longestResting() {
    Query query =
        releases().whereEqualTo(Documents.ACTIVE, true).orderBy(Documents.MOVED).limit(1);
    return releases(query).stream().findFirst();
  }

  @Override
  public List<Release> movedSince(Instant time) {
    return releases(
        releases().whereGreaterThan(Documents.MOVED, Documents.timestamp(time)));
  }

  @Override
  public List<ReleaseId> of(Upload upload) {
    return ids(releases().whereEqualTo(Documents.UPLOAD, upload.key()));
  }

  @Override
  public List<Upload> unseen(List<Upload> uploads) {
    List<Upload> unknown =
        uploads.stream().filter(upload -> !seen.contains(upload.key())).toList();
    for (List<Upload> some : Lists.partition(unknown, MAX_ALTERNATIVES)) {
      List<String> keys = some.stream().map(Upload::key).toList();
      Query query = releases().whereIn(Documents.UPLOAD, keys).select(Documents.UPLOAD);
      Answers.of(query.get())
          .getDocuments()
          .forEach(d -> seen.add(String.valueOf(d.getString(Documents.UPLOAD))));
    }
    return unknown.stream().filter(upload -> !seen.contains(upload.key())).toList();
  }

  private static List<ReleaseId> ids(Query query) {
    return Answers.of(query.select(new String[0]).get()).getDocuments().stream()
        .map(d -> ReleaseId.parse(d.getId()))
        .toList();
  }

  @Override
  public List<Release> releases(int limit) {
    return releases(Optional.empty(), Optional.empty(), limit);
  }

  @Override
  public List<Release> releases(
      Optional<ServiceName> service, Optional<ReleaseId> before, int limit) {
    Query query = releases();
    if (service.isPresent()) {
      query = query.whereEqualTo(Documents.SERVICE, service.get().value());
    }
    query = query.orderBy(Documents.BEGAN, Query.Direction.DESCENDING).limit(limit);
    if (before.isPresent()) {
      DocumentSnapshot last = Answers.of(document(before.get()).get());
      if (!last.exists()) {
        return List.of();
      }
      query = query.startAfter(last);
    }
    return releases(query);
  }

  private static List<Release> releases(Query query) {
    return Answers.of(query.get()).getDocuments().stream().map(Documents::release).toList();
  }

  @Override
  public List<Recorded> events(ReleaseId id) {
    List<Recorded> events = new ArrayList<>();
    Answers.of(document(id).collection(Documents.EVENTS).get())
        .getDocuments()
        .forEach(d -> events.add(Documents.event(id, d)));
    return events;
  }

  @Override
  public List<ServiceRecord> services() {
    return Answers.of(firestore.collection(Documents.SERVICES).get()).getDocuments().stream()
        .map(Documents::service)
        .toList();
  }

  @Override
  public Optional<ServiceRecord> service(ServiceName name) {
    return Optional.of(Answers.of(document(name).get()))
        .filter(DocumentSnapshot::exists)
        .map(Documents::service);
  }

  private Query releases() {
    return firestore.collection(Documents.RELEASES);
  }

  private DocumentReference document(ReleaseId id) {
    return firestore.collection(Documents.RELEASES).document(id.toString());
  }

  private DocumentReference document(ServiceName service) {
    return firestore.collection(Documents.SERVICES).document(service.value());
  }
}
