package dev.slipway.local.firestore;

import com.google.common.primitives.Longs;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Write;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.local.state.State;
import java.util.Collection;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;

/**
 * The documents of one database on disk, each under its full name.
 *
 * <p>Another service may put the state on disk at any moment, so a commit of several documents is
 * first written as one record, then document by document, then the record is taken away, all in
 * one map: whatever moment of that sequence a crash leaves behind, opening makes it whole.
 */
final class Journal {

  private static final String MAP = "firestore.document";

  /** Sorts before every document's name. */
  private static final String COMMIT = "!commit/";

  private static final String TIME = "!time/";

  private final DatabaseName database;
  private final State state;
  private final MVMap<String, byte[]> map;

  Journal(DatabaseName database, State state) {
    this.database = database;
    this.state = state;
    map = map(state);
  }

  private static MVMap<String, byte[]> map(State state) {
    return state.map(MAP);
  }

  /** Hands over the names of the databases that were ever written to. */
  static void databases(State state, Consumer<DatabaseName> reader) {
    MVMap<String, byte[]> map = map(state);
    for (var keys = map.keyIterator(TIME); keys.hasNext(); ) {
      String key = keys.next();
      if (!key.startsWith(TIME)) {
        return;
      }
      reader.accept(DatabaseName.of(key.substring(TIME.length())));
    }
  }

  /** The time of the last commit in microseconds, or the least one there is. */
  long lastCommit() {
    byte[] bytes = map.get(TIME + database);
    return bytes == null ? Long.MIN_VALUE : Longs.fromByteArray(bytes);
  }

  /** Ends a commit that a crash cut short, then hands over every document. */
  void load(Consumer<Document> reader) {
    byte[] pending = map.get(COMMIT + database);
    if (pending != null) {
      finish(parse(pending, CommitRequest::parseFrom));
      state.commit();
    }
    String prefix = database.root() + "/";
    var cursor = map.cursor(prefix);
    while (cursor.hasNext() && cursor.next().startsWith(prefix)) {
      reader.accept(parse(cursor.getValue(), Document::parseFrom));
    }
  }

  /** Puts the changes of one commit on disk, all or none. */
  void write(Collection<Change> changes, long micros) {
    CommitRequest.Builder record = CommitRequest.newBuilder();
    for (Change change : changes) {
      Write.Builder write = record.addWritesBuilder();
      if (change.after() == null) {
        write.setDelete(change.name().toString());
      } else {
        write.setUpdate(change.after());
      }
    }
    map.put(TIME + database, Longs.toByteArray(micros));
    if (changes.size() > 1) {
      map.put(COMMIT + database, record.build().toByteArray());
    }
    finish(record.build());
    state.commit();
  }

  private void finish(CommitRequest record) {
    for (Write write : record.getWritesList()) {
      if (write.hasUpdate()) {
        map.put(write.getUpdate().getName(), write.getUpdate().toByteArray());
      } else {
        map.remove(write.getDelete());
      }
    }
    map.remove(COMMIT + database);
  }

  private interface Parser<T> {
    T parse(byte[] bytes) throws InvalidProtocolBufferException;
  }

  private <T> T parse(byte[] bytes, Parser<T> parser) {
    try {
      return parser.parse(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "Tried to read the documents of %s but a record is damaged. Restore a copy of the state folder."
              .formatted(database),
          e);
    }
  }
}
