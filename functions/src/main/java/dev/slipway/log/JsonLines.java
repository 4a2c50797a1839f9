package dev.slipway.log;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.slipway.release.ReleaseId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line of JSON a record, in the fields Cloud Logging takes for its own:
 *
 * <pre>
 * {"severity":"INFO","message":"...","time":"2026-01-01T12:00:00Z",
 *  "logging.googleapis.com/trace":"projects/P/traces/0123...",
 *  "logging.googleapis.com/labels":{"release":"hello-0123456789ab","service":"hello","function":"deploy"},
 *  "logging.googleapis.com/sourceLocation":{"function":"dev.slipway.pipeline.Advance.perform"}}
 * </pre>
 *
 * A stack trace follows the message, where Error Reporting looks for it.
 */
public final class JsonLines extends Formatter {

  static final String TRACE = "logging.googleapis.com/trace";
  static final String LABELS = "logging.googleapis.com/labels";

  private static final String SOURCE = "logging.googleapis.com/sourceLocation";

  /** Cloud Logging cuts an entry at 256 KB. */
  private static final int MAX_MESSAGE = 100_000;

  private static final int SHORTEST_SECRET = 8;

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final String project;
  private final List<String> secrets;

  /**
   * Writes lines.
   *
   * @param project Google Cloud project id, which traces belong to
   * @param secrets what no line may hold, whoever logs it
   */
  public JsonLines(String project, List<String> secrets) {
    this.project = project;
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  @Override
  public String format(LogRecord record) {
    JsonObject line = new JsonObject();
    line.addProperty("severity", severity(record.getLevel()));
    line.addProperty("message", masked(message(record)));
    line.addProperty("time", record.getInstant().toString());
    JsonObject labels = new JsonObject();
    LogContext.release()
        .ifPresent(
            release -> {
              line.addProperty(TRACE, trace(release));
              labels.addProperty("release", release.toString());
              labels.addProperty("service", release.service().value());
            });
    LogContext.function().ifPresent(function -> labels.addProperty("function", function));
    line.add(LABELS, labels);
    if (record.getSourceClassName() != null) {
      JsonObject source = new JsonObject();
      source.addProperty(
          "function", record.getSourceClassName() + "." + record.getSourceMethodName());
      line.add(SOURCE, source);
    }
    return gson.toJson(line) + "\n";
  }

  private String trace(ReleaseId release) {
    return "projects/%s/traces/%s".formatted(project, Trace.of(release));
  }

  private String message(LogRecord record) {
    String message = String.valueOf(formatMessage(record));
    if (record.getThrown() != null) {
      StringWriter stack = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(stack));
      message = message + "\n" + stack;
    }
    return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
  }

  private String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }

  private static String severity(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    } else if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }
}
