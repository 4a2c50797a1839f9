package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one database, newest and older versions, so that a read can see the past.
 *
 * <p>Older versions are kept for an hour, as Google does, but of no more than 64 MiB: what a
 * reader may then miss is refused, never answered wrongly. Not thread-safe.
 */
final class History {

  private static final long KEPT_MICROS = 3_600_000_000L;
  private static final long KEPT_BYTES = 64L << 20;

  /** About what a version costs besides its document. */
  private static final long VERSION_BYTES = 200;

  /** One version of one document; a null document is a deletion. */
  private static final class Version {
    final DocumentName name;
    final @Nullable Document document;
    final long micros;
    @Nullable Version previous;

    Version(
        DocumentName name, @Nullable Document document, long micros, @Nullable Version previous) {
      this.name = name;
      this.document = document;
      this.micros = micros;
      this.previous = previous;
    }

    long bytes() {
      return VERSION_BYTES + (document == null ? 0 : document.getSerializedSize());
    }
  }

  private final NavigableMap<String, NavigableMap<String, Version>> collections =
      new TreeMap<>(DocumentName::comparePaths);

  /** The versions that have a predecessor or are deletions, oldest first. */
  private final ArrayDeque<Version> superseding = new ArrayDeque<>();

  private long supersededBytes;
  private long horizon = Long.MIN_VALUE;

  /** Makes {@code document} (null: a deletion) the newest version, as of {@code micros}. */
  void put(DocumentName name, @Nullable Document document, long micros) {
    NavigableMap<String, Version> collection =
        collections.computeIfAbsent(
            name.collection(), path -> new TreeMap<>(DocumentName::compareSegments));
    Version previous = collection.get(name.id());
    Version version = new Version(name, document, micros, previous);
    collection.put(name.id(), version);
    if (previous != null || document == null) {
      superseding.add(version);
      supersededBytes += previous == null ? 0 : previous.bytes();
    }
    forget(micros);
  }

  /** Has nothing to tell of what was before {@code micros}. */
  void forgetBefore(long micros) {
    horizon = micros;
  }

  private void forget(long now) {
    Version oldest = superseding.peek();
    while (oldest != null
        && (oldest.micros < now - KEPT_MICROS || supersededBytes > KEPT_BYTES)) {
      superseding.remove();
      supersededBytes -= oldest.previous == null ? 0 : oldest.previous.bytes();
      oldest.previous = null;
      horizon = oldest.micros;
      dropDeletion(oldest);
      oldest = superseding.peek();
    }
  }

  private void dropDeletion(Version deletion) {
    NavigableMap<String, Version> collection = collections.get(deletion.name.collection());
    if (deletion.document == null && collection != null) {
      collection.remove(deletion.name.id(), deletion);
      if (collection.isEmpty()) {
        collections.remove(deletion.name.collection());
      }
    }
  }

  /**
   * The documents as they stood at {@code micros}.
   *
   * @throws io.grpc.StatusRuntimeException FAILED_PRECONDITION when that is too long ago
   */
  Snapshot at(long micros) {
    if (micros < horizon) {
      throw Status.FAILED_PRECONDITION
          .withDescription("The requested snapshot version is too old.")
          .asRuntimeException();
    }
    return new View(micros);
  }

  private final class View implements Snapshot {

    private final long micros;

    View(long micros) {
      this.micros = micros;
    }

    @Override
    public long micros() {
      return micros;
    }

    @Override
    public @Nullable Document get(DocumentName name) {
      NavigableMap<String, Version> collection = collections.get(name.collection());
      return collection == null ? null : seen(collection.get(name.id()));
    }

    @Override
    public void forEach(Selection selection, Consumer<Found> reader) {
      for (Map.Entry<String, NavigableMap<String, Version>> entry : collections.entrySet()) {
        if (selection.covers(entry.getKey())) {
          for (Version newest : entry.getValue().values()) {
            Document document = seen(newest);
            if (document != null) {
              reader.accept(new Found(newest.name, document));
            }
          }
        }
      }
    }

    private @Nullable Document seen(@Nullable Version newest) {
      Version version = newest;
      while (version != null && version.micros > micros) {
        version = version.previous;
      }
      return version == null ? null : version.document;
    }
  }
}
