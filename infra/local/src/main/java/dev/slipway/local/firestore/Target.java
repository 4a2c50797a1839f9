package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentChange;
import com.google.firestore.v1.DocumentDelete;
import com.google.firestore.v1.DocumentRemove;
import com.google.firestore.v1.ListenResponse;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing a listener watches, and what it was last told of it. */
final class Target {

  /** What a target watches. */
  sealed interface Watched permits Documents, Results {

    /** What is to be seen of it now. */
    Map<DocumentName, Document> seen(Reading reading);

    /** Whether a change of {@code name} may change that. */
    boolean touches(DocumentName name);
  }

  /** Single documents. */
  record Documents(List<DocumentName> names) implements Watched {

    @Override
    public Map<DocumentName, Document> seen(Reading reading) {
      Map<DocumentName, Document> seen = new LinkedHashMap<>();
      for (DocumentName name : names) {
        Document document = reading.get(name);
        if (document != null) {
          seen.put(name, document);
        }
      }
      return seen;
    }

    @Override
    public boolean touches(DocumentName name) {
      return names.contains(name);
    }
  }

  /** The results of a query. */
  record Results(Query query) implements Watched {

    @Override
    public Map<DocumentName, Document> seen(Reading reading) {
      Map<DocumentName, Document> seen = new LinkedHashMap<>();
      for (Found found : reading.run(query).documents()) {
        seen.put(found.name(), query.shown(found).document());
      }
      return seen;
    }

    @Override
    public boolean touches(DocumentName name) {
      return query.selection().covers(name.collection());
    }
  }

  private final int id;
  private final boolean once;
  private final Watched watched;
  private Map<DocumentName, Document> told = Map.of();

  Target(int id, boolean once, Watched watched) {
    this.id = id;
    this.once = once;
    this.watched = watched;
  }

  int id() {
    return id;
  }

  /** Whether it is to be removed once it is current. */
  boolean once() {
    return once;
  }

  boolean isTouchedBy(Collection<Change> changes) {
    return changes.stream().anyMatch(change -> watched.touches(change.name()));
  }

  /** What to say first: all that is there, and which of the documents asked for are not. */
  List<ListenResponse> begin(Reading reading) {
    List<ListenResponse> messages = refresh(reading);
    if (watched instanceof Documents documents) {
      for (DocumentName name : documents.names()) {
        if (!told.containsKey(name)) {
          messages.add(gone(name, null, reading.time()));
        }
      }
    }
    return messages;
  }

  /** What to say of what has changed since the last time. */
  List<ListenResponse> refresh(Reading reading) {
    Map<DocumentName, Document> seen = watched.seen(reading);
    List<ListenResponse> messages = new ArrayList<>();
    for (DocumentName name : told.keySet()) {
      if (!seen.containsKey(name)) {
        messages.add(gone(name, reading.get(name), reading.time()));
      }
    }
    seen.forEach(
        (name, document) -> {
          if (!document.equals(told.get(name))) {
            messages.add(changed(document));
          }
        });
    told = seen;
    return messages;
  }

  private ListenResponse changed(Document document) {
    return ListenResponse.newBuilder()
        .setDocumentChange(
            DocumentChange.newBuilder().setDocument(document).addTargetIds(id))
        .build();
  }

  /** A document that is deleted, or is there but no longer among the results. */
  private ListenResponse gone(DocumentName name, @Nullable Document document, Timestamp time) {
    ListenResponse.Builder message = ListenResponse.newBuilder();
    if (document == null) {
      message.setDocumentDelete(
          DocumentDelete.newBuilder()
              .setDocument(name.toString())
              .addRemovedTargetIds(id)
              .setReadTime(time));
    } else {
      message.setDocumentRemove(
          DocumentRemove.newBuilder()
              .setDocument(name.toString())
              .addRemovedTargetIds(id)
              .setReadTime(time));
    }
    return message.build();
  }
}
