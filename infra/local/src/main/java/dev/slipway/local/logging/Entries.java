package dev.slipway.local.logging;

import com.google.logging.type.HttpRequest;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a field of an entry by the path filters write; what is not there is the empty text. */
final class Entries {

  private Entries() {}

  static String field(LogEntry entry, String path) {
    int dot = path.indexOf('.');
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    return switch (dot < 0 ? path : path.substring(0, dot)) {
      case "logName" -> entry.getLogName();
      case "log_id" -> entry.getLogName().replaceFirst(".*/logs/", "").replace("%2F", "/");
      case "insertId" -> entry.getInsertId();
      case "severity" -> entry.getSeverity().name();
      case "textPayload" -> entry.getTextPayload();
      case "trace" -> entry.getTrace();
      case "spanId" -> entry.getSpanId();
      case "timestamp" -> Timestamps.toString(entry.getTimestamp());
      case "receiveTimestamp" -> Timestamps.toString(entry.getReceiveTimestamp());
      case "labels" -> label(entry.getLabelsMap(), rest);
      case "resource" -> resource(entry, rest);
      case "httpRequest" -> http(entry.getHttpRequest(), rest);
      case "jsonPayload" -> json(entry.getJsonPayload(), rest);
      default -> "";
    };
  }

  /** Everything a search without a field looks through. */
  static String text(LogEntry entry) {
    return String.join(
        "\n",
        entry.getTextPayload(),
        entry.hasJsonPayload() ? entry.getJsonPayload().toString() : "",
        entry.getHttpRequest().getRequestUrl(),
        entry.getHttpRequest().getUserAgent(),
        entry.getResource().getLabelsMap().values().stream().collect(Collectors.joining(" ")));
  }

  private static String resource(LogEntry entry, String path) {
    return path.equals("type")
        ? entry.getResource().getType()
        : label(entry.getResource().getLabelsMap(), path.replaceFirst("^labels\\.", ""));
  }

  private static String label(Map<String, String> labels, String name) {
    return labels.getOrDefault(name.replaceAll("^\"|\"$", ""), "");
  }

  private static String http(HttpRequest request, String field) {
    return switch (field) {
      case "requestMethod" -> request.getRequestMethod();
      case "requestUrl" -> request.getRequestUrl();
      case "status" -> request.getStatus() == 0 ? "" : Integer.toString(request.getStatus());
      case "userAgent" -> request.getUserAgent();
      case "remoteIp" -> request.getRemoteIp();
      default -> "";
    };
  }

  private static String json(Struct payload, String path) {
    int dot = path.indexOf('.');
    Value value = payload.getFieldsMap().get(dot < 0 ? path : path.substring(0, dot));
    if (value == null) {
      return "";
    }
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> {
        double number = value.getNumberValue();
        yield number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
      }
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case STRUCT_VALUE -> dot < 0 ? "" : json(value.getStructValue(), path.substring(dot + 1));
      default -> "";
    };
  }
}
