package dev.slipway.local.builds;

import com.google.api.MonitoredResource;
import com.google.cloudbuild.v1.Build;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What builds print, as Cloud Build sends it to Cloud Logging: an entry a line, of the resource
 * {@code build}, with the build's tags in the label {@code build_tags}. The newest 8 MB are kept,
 * until the cloud stops; the logs themselves stay.
 */
final class BuildEntries {

  private static final int MOST_CHARS = 8 << 20;
  private static final int MOST_LINES = 20_000;

  private final Clock clock;
  private final Deque<LogEntry> entries = new ArrayDeque<>();
  private long chars;
  private long number;

  BuildEntries(Clock clock) {
    this.clock = clock;
  }

  /** Takes the lines of one build. */
  LineFeed feed(Build build) {
    LogEntry.Builder common =
        LogEntry.newBuilder()
            .setLogName("projects/%s/logs/cloudbuild".formatted(build.getProjectId()))
            .setSeverity(LogSeverity.INFO)
            .putLabels("build_tags", String.join(",", build.getTagsList()))
            .setResource(
                MonitoredResource.newBuilder()
                    .setType("build")
                    .putLabels("project_id", build.getProjectId())
                    .putLabels("build_id", build.getId())
                    .putLabels("build_trigger_id", ""));
    LogEntry template = common.build();
    return new LineFeed(line -> add(template, line));
  }

  private synchronized void add(LogEntry template, String line) {
    var now = clock.instant();
    Timestamp at =
        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
    number++;
    entries.addLast(
        template.toBuilder()
            .setTimestamp(at)
            .setReceiveTimestamp(at)
            .setInsertId("build-%012d".formatted(number))
            .setTextPayload(line)
            .build());
    chars += line.length();
    while (chars > MOST_CHARS || entries.size() > MOST_LINES) {
      chars -= entries.removeFirst().getTextPayload().length();
    }
  }

  synchronized List<LogEntry> entries() {
    return List.copyOf(entries);
  }
}
