package dev.slipway.local.logging;

import com.google.api.MonitoredResource;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.text.ParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an entry of a line a function printed, as the agent of Cloud Run does: {@code severity},
 * {@code time} and what begins with {@code logging.googleapis.com/} become the entry's own, the rest
 * its {@code jsonPayload}.
 *
 * @param project whose entry it is
 * @param region where the functions are
 */
record FunctionLine(String project, String region) {

  private static final String OURS = "logging.googleapis.com/";

  /** The entry; none of a line that is no JSON object with a time. */
  Optional<LogEntry> entry(String line, long number) {
    try {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      LogEntry.Builder entry = LogEntry.newBuilder();
      var at = Timestamps.parse(taken(json, "time"));
      JsonElement labels = json.remove(OURS + "labels");
      if (labels != null) {
        labels
            .getAsJsonObject()
            .asMap()
            .forEach((name, value) -> entry.putLabels(name, value.getAsString()));
      }
      json.remove(OURS + "sourceLocation");
      return Optional.of(
          entry
              .setLogName("projects/%s/logs/run.googleapis.com%%2Fstdout".formatted(project))
              .setResource(resource(entry.getLabelsOrDefault("function", "")))
              .setTimestamp(at)
              .setReceiveTimestamp(at)
              .setInsertId("function-%012d".formatted(number))
              .setSeverity(severity(taken(json, "severity")))
              .setTrace(taken(json, OURS + "trace"))
              .setJsonPayload(payload(json))
              .build());
    } catch (JsonParseException
        | IllegalStateException
        | ParseException
        | InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static String taken(JsonObject json, String name) {
    @Nullable JsonElement value = json.remove(name);
    return value == null ? "" : value.getAsString();
  }

  private static LogSeverity severity(String name) {
    try {
      return name.isEmpty() ? LogSeverity.DEFAULT : LogSeverity.valueOf(name);
    } catch (IllegalArgumentException e) {
      return LogSeverity.DEFAULT;
    }
  }

  private static Struct payload(JsonObject json) throws InvalidProtocolBufferException {
    Struct.Builder payload = Struct.newBuilder();
    JsonFormat.parser().merge(json.toString(), payload);
    return payload.build();
  }

  private MonitoredResource resource(String function) {
    return MonitoredResource.newBuilder()
        .setType("cloud_run_revision")
        .putLabels("project_id", project)
        .putLabels("location", region)
        .putLabels("service_name", function)
        .putLabels("configuration_name", function)
        .putLabels("revision_name", function + "-00001-lap")
        .build();
  }
}
