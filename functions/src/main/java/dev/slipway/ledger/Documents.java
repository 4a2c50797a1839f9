package dev.slipway.ledger;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import dev.slipway.json.Json;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The shape of the ledger's documents: the value whole under one field, beside it the fields that
 * queries ask for.
 */
final class Documents {

  static final String SERVICES = "services";
  static final String RELEASES = "releases";
  static final String EVENTS = "events";

  /** Of a release: its service's name. */
  static final String SERVICE = "service";

  /** Of a release: number of its latest event. */
  static final String SEQUENCE = "sequence";

  /** Of a release: label of its stage. */
  static final String STAGE = "stage";

  /** Of a release: whether it still has to be moved. */
  static final String ACTIVE = "active";

  /** Of a release: the key of its upload. */
  static final String UPLOAD = "upload";

  /** Of a release: when its first event was written. */
  static final String BEGAN = "began";

  /** Of a release: when its latest event was written. */
  static final String MOVED = "moved";

  private static final String VALUE = "value";

  private Documents() {}

  static Map<String, @Nullable Object> of(Release release) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(SERVICE, release.id().service().value());
    fields.put(STAGE, release.stage().label());
    fields.put(SEQUENCE, release.sequence());
    fields.put(ACTIVE, release.isActive());
    fields.put(UPLOAD, release.upload().key());
    fields.put(BEGAN, timestamp(release.history().getFirst().at()));
    fields.put(MOVED, timestamp(release.since()));
    fields.put(VALUE, Json.map(release, Release.class));
    return fields;
  }

  static Map<String, @Nullable Object> of(ServiceRecord service) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(VALUE, Json.map(service, ServiceRecord.class));
    return fields;
  }

  static Map<String, @Nullable Object> of(Change.Entry entry) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("sequence", entry.sequence());
    fields.put("at", timestamp(entry.at()));
    fields.put("actor", entry.actor());
    fields.put("stage", entry.after().stage().label());
    fields.put(VALUE, Json.map(entry.event(), ReleaseEvent.class));
    return fields;
  }

  /** The id of an event's document: its number, padded so that ids sort as numbers do. */
  static String eventId(long sequence) {
    return "%06d".formatted(sequence);
  }

  static Release release(DocumentSnapshot document) {
    return Json.value(value(document), Release.class);
  }

  static ServiceRecord service(DocumentSnapshot document) {
    return Json.value(value(document), ServiceRecord.class);
  }

  static Recorded event(ReleaseId release, DocumentSnapshot document) {
    return new Recorded(
        release,
        Objects.requireNonNull(document.getLong("sequence")),
        instant(Objects.requireNonNull(document.getTimestamp("at"))),
        Objects.requireNonNull(document.getString("actor")),
        Json.value(value(document), ReleaseEvent.class));
  }

  private static Object value(DocumentSnapshot document) {
    return Objects.requireNonNull(
        document.get(VALUE), () -> "the ledger's document " + document.getId() + " has no value");
  }

  static Timestamp timestamp(Instant at) {
    return Timestamp.ofTimeSecondsAndNanos(at.getEpochSecond(), at.getNano());
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
