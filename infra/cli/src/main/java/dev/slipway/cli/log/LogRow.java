package dev.slipway.cli.log;

import com.google.gson.JsonObject;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Value;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.log.Trace;
import dev.slipway.release.ReleaseId;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One log entry as people read it.
 *
 * @param where {@code functions/NAME}, {@code builds/FIRST-DIGITS} or {@code revisions/NAME}
 * @param release whose it is, where the entry says it
 */
record LogRow(
    Instant at, String severity, String where, Optional<ReleaseId> release, String message) {

  private static final int SHORT_ID = 8;
  private static final String RELEASE_TAG = "release-";
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  static LogRow of(LogEntry entry) {
    return new LogRow(
        Instant.ofEpochSecond(entry.getTimestamp().getSeconds(), entry.getTimestamp().getNanos()),
        severity(entry),
        where(entry),
        release(entry),
        message(entry));
  }

  /** A line that a build printed. */
  static LogRow ofBuild(Instant at, String build, ReleaseId release, String line) {
    return new LogRow(at, LogSeverity.INFO.name(), builds(build), Optional.of(release), line);
  }

  /** Cloud Run's entries of what a process prints have no severity. */
  private static String severity(LogEntry entry) {
    return entry.getSeverity() == LogSeverity.DEFAULT ? "-" : entry.getSeverity().name();
  }

  private static String where(LogEntry entry) {
    String function = entry.getLabelsOrDefault("function", "");
    var labels = entry.getResource().getLabelsMap();
    if (!function.isEmpty()) {
      return "functions/" + function;
    }
    if (entry.getResource().getType().equals("build")) {
      return builds(labels.getOrDefault("build_id", ""));
    }
    return "revisions/" + labels.getOrDefault("revision_name", "");
  }

  private static String builds(String id) {
    return "builds/" + id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  private static Optional<ReleaseId> release(LogEntry entry) {
    Stream<String> tags =
        Arrays.stream(entry.getLabelsOrDefault("build_tags", "").split(","))
            .filter(tag -> tag.startsWith(RELEASE_TAG))
            .map(tag -> tag.substring(RELEASE_TAG.length()));
    String revision = entry.getResource().getLabelsOrDefault("revision_name", "");
    return Stream.of(Stream.of(entry.getLabelsOrDefault("release", "")), tags, Stream.of(revision))
        .flatMap(names -> names)
        .flatMap(LogRow::parsed)
        .findFirst();
  }

  private static Stream<ReleaseId> parsed(String id) {
    try {
      return Stream.of(ReleaseId.parse(id));
    } catch (IllegalArgumentException e) {
      return Stream.empty(); // no release of ours
    }
  }

  private static String message(LogEntry entry) {
    if (entry.hasHttpRequest()) {
      var request = entry.getHttpRequest();
      return "%s %s %d"
          .formatted(request.getRequestMethod(), request.getRequestUrl(), request.getStatus());
    }
    if (!entry.hasJsonPayload()) {
      return entry.getTextPayload();
    }
    Value message = entry.getJsonPayload().getFieldsMap().get("message");
    return message == null ? entry.getJsonPayload().toString() : message.getStringValue();
  }

  /** A trace follows from its release, and so builds and revisions, which know of none, have it. */
  Optional<String> trace() {
    return release.map(Trace::of);
  }

  /** The entry, its later lines indented so that none can pass for an entry. */
  List<String> lines() {
    List<String> parts = Plain.lines(message);
    String first =
        "%s  %-7s  %-28s  %s"
            .formatted(
                MILLIS.format(at),
                Plain.line(severity),
                Plain.line(where),
                parts.isEmpty() ? "" : parts.getFirst());
    return Stream.concat(
            Stream.of(first.stripTrailing()), parts.stream().skip(1).map(part -> "    " + part))
        .toList();
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("time", at.toString());
    json.addProperty("severity", severity);
    json.addProperty("where", where);
    release.ifPresent(id -> json.addProperty("release", id.toString()));
    trace().ifPresent(trace -> json.addProperty("trace", trace));
    json.addProperty("message", message);
    return json;
  }
}
