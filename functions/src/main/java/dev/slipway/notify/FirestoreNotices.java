package dev.slipway.notify;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.release.ReleaseId;
import java.util.Objects;
import java.util.Optional;

/** Notices in the ledger's database, one document a release. */
public final class FirestoreNotices implements Notices {

  private static final String COLLECTION = "notices";

  private final Firestore firestore;

  public FirestoreNotices(Firestore firestore) {
    this.firestore = firestore;
  }

  @Override
  public Optional<Notice> find(ReleaseId release) {
    DocumentSnapshot document = Answers.of(document(release).get());
    return document.exists()
        ? Optional.of(Json.value(Objects.requireNonNull(document.getData()), Notice.class))
        : Optional.empty();
  }

  @Override
  public boolean claim(Notice notice) {
    try {
      var unused = Answers.of(document(notice.release()).create(Json.map(notice, Notice.class)));
      return true;
    } catch (AlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void save(Notice notice) {
    var unused = Answers.of(document(notice.release()).set(Json.map(notice, Notice.class)));
  }

  private DocumentReference document(ReleaseId release) {
    return firestore.collection(COLLECTION).document(release.toString());
  }
}
