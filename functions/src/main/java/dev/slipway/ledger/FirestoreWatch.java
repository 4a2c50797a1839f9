package dev.slipway.ledger;

import com.google.cloud.firestore.DocumentChange;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.ListenerRegistration;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QuerySnapshot;
import dev.slipway.release.ReleaseId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the few releases that moved last: whichever moves is then among them. A listener
 * costs so many reads when it begins, and one for each move.
 */
public final class FirestoreWatch implements Watch {

  private static final Logger LOG = System.getLogger(FirestoreWatch.class.getName());
  private static final int LATEST = 10;

  private final Firestore firestore;

  public FirestoreWatch(Firestore firestore) {
    this.firestore = firestore;
  }

  @Override
  public Runnable watch(Consumer<Moved> moved, Runnable lost) {
    AtomicBoolean begun = new AtomicBoolean();
    ListenerRegistration registration =
        firestore
            .collection(Documents.RELEASES)
            .orderBy(Documents.MOVED, Query.Direction.DESCENDING)
            .limit(LATEST)
            .addSnapshotListener(
                (snapshot, error) -> {
                  if (error != null) {
                    LOG.log(Level.WARNING, "listening to the ledger ended: {0}", error.getMessage());
                    lost.run();
                  } else if (begun.getAndSet(true)) {
                    tell(snapshot, moved);
                  }
                });
    return registration::remove;
  }

  /** Those that fall out of the latest did not move; others did. */
  private static void tell(@Nullable QuerySnapshot snapshot, Consumer<Moved> moved) {
    if (snapshot == null) {
      return;
    }
    for (DocumentChange change : snapshot.getDocumentChanges()) {
      if (change.getType() != DocumentChange.Type.REMOVED) {
        moved.accept(moved(change.getDocument()));
      }
    }
  }

  private static Moved moved(DocumentSnapshot document) {
    return new Moved(
        ReleaseId.parse(document.getId()),
        Objects.requireNonNull(document.getLong(Documents.SEQUENCE)),
        Objects.requireNonNull(document.getString(Documents.STAGE)));
  }
}
