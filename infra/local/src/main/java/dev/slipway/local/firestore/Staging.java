package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.firestore.v1.WriteResult;
import com.google.protobuf.Timestamp;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works out, on top of a snapshot, what a commit's writes change; later writes see earlier ones. */
final class Staging {

  private final DatabaseName database;
  private final Snapshot before;
  private final long micros;
  private final Map<DocumentName, Change> changes = new LinkedHashMap<>();

  /**
   * Begins a commit.
   *
   * @param micros the time it is to have
   */
  Staging(DatabaseName database, Snapshot before, long micros) {
    this.database = database;
    this.before = before;
    this.micros = micros;
  }

  /** What the writes so far change, in order. */
  Collection<Change> changes() {
    return changes.values();
  }

  /** The time of the commit. */
  long micros() {
    return micros;
  }

  /** The document a write is about. */
  static DocumentName target(DatabaseName database, Write write) {
    return switch (write.getOperationCase()) {
      case UPDATE -> DocumentName.of(database, write.getUpdate().getName());
      case DELETE -> DocumentName.of(database, write.getDelete());
      case TRANSFORM -> DocumentName.of(database, write.getTransform().getDocument());
      case OPERATION_NOT_SET -> throw Calls.invalid("A write has no operation.");
    };
  }

  /**
   * Applies one write.
   *
   * @throws io.grpc.StatusRuntimeException ALREADY_EXISTS, NOT_FOUND or FAILED_PRECONDITION when
   *     its precondition does not hold, INVALID_ARGUMENT when it cannot be stored
   */
  WriteResult apply(Write write) {
    DocumentName name = target(database, write);
    Document stored = current(name);
    requirePrecondition(name, stored, write.getCurrentDocument());
    if (write.hasDelete()) {
      if (stored != null) {
        changes.put(name, new Change(name, null));
      }
      return WriteResult.getDefaultInstance();
    }
    Map<String, Value> fields = fields(write, stored);
    List<FieldTransform> transforms =
        write.hasTransform()
            ? write.getTransform().getFieldTransformsList()
            : write.getUpdateTransformsList();
    WriteResult.Builder result = WriteResult.newBuilder();
    transforms.forEach(
        transform ->
            result.addTransformResults(Transforms.apply(transform, fields, micros)));
    return result.setUpdateTime(store(name, stored, fields)).build();
  }

  private static Map<String, Value> fields(Write write, @Nullable Document stored) {
    Map<String, Value> kept = stored == null ? Map.of() : stored.getFieldsMap();
    if (write.hasTransform()) {
      return new HashMap<>(kept);
    }
    Map<String, Value> update = write.getUpdate().getFieldsMap();
    return write.hasUpdateMask()
        ? Masks.merge(kept, update, write.getUpdateMask())
        : new HashMap<>(update);
  }

  private @Nullable Document current(DocumentName name) {
    Change change = changes.get(name);
    return change != null ? change.after() : before.get(name);
  }

  /** A write that changes nothing leaves the update time as it was. */
  private Timestamp store(
      DocumentName name, @Nullable Document stored, Map<String, Value> fields) {
    if (stored != null && stored.getFieldsMap().equals(fields)) {
      return stored.getUpdateTime();
    }
    Timestamp now = Times.timestamp(micros);
    Document document =
        Document.newBuilder()
            .setName(name.toString())
            .putAllFields(fields)
            .setCreateTime(stored == null ? now : stored.getCreateTime())
            .setUpdateTime(now)
            .build();
    Limits.check(name, document);
    changes.put(name, new Change(name, document));
    return now;
  }

  private static void requirePrecondition(
      DocumentName name, @Nullable Document stored, Precondition precondition) {
    switch (precondition.getConditionTypeCase()) {
      case EXISTS -> requireExistence(name, stored, precondition.getExists());
      case UPDATE_TIME -> requireUpdateTime(name, stored, precondition.getUpdateTime());
      case CONDITIONTYPE_NOT_SET -> {}
    }
  }

  private static void requireExistence(
      DocumentName name, @Nullable Document stored, boolean exists) {
    if (exists && stored == null) {
      throw Status.NOT_FOUND
          .withDescription("No document to update: " + name)
          .asRuntimeException();
    }
    if (!exists && stored != null) {
      throw Status.ALREADY_EXISTS
          .withDescription("Document already exists: " + name)
          .asRuntimeException();
    }
  }

  private static void requireUpdateTime(
      DocumentName name, @Nullable Document stored, Timestamp required) {
    if (stored == null || !stored.getUpdateTime().equals(required)) {
      throw Status.FAILED_PRECONDITION
          .withDescription(
              "The stored version of %s (%s) does not match the required base version (%d)."
                  .formatted(
                      name,
                      stored == null ? "none" : Times.micros(stored.getUpdateTime()),
                      Times.micros(required)))
          .asRuntimeException();
    }
  }
}
