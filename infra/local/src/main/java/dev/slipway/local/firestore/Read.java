package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something a transaction has read, and which must still be so when it commits. */
sealed interface Read {

  /** Whether the same read in {@code now} would answer the same. */
  boolean holds(Snapshot now);

  /** Whether a write to {@code name} may change the answer. */
  boolean touches(DocumentName name);

  /** One document, or its absence. */
  record One(DocumentName name, @Nullable Document document) implements Read {

    @Override
    public boolean holds(Snapshot now) {
      Document current = now.get(name);
      return document == null ? current == null : document.equals(current);
    }

    @Override
    public boolean touches(DocumentName other) {
      return name.equals(other);
    }
  }

  /** The results of a query; one more or one fewer is a change, too. */
  record Many(Query query, List<Found> results) implements Read {

    @Override
    public boolean holds(Snapshot now) {
      return query.run(now).documents().equals(results);
    }

    @Override
    public boolean touches(DocumentName name) {
      return query.selection().covers(name.collection());
    }
  }
}
