package dev.slipway.local.run;

import com.google.api.MonitoredResource;
import com.google.logging.type.HttpRequest;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What Cloud Run would send to Cloud Logging, the newest of each revision, until the cloud stops:
 * what its processes print ({@code run.googleapis.com/stdout}, for both streams), what Cloud Run says
 * of them ({@code .../varlog/system}) and the requests they answered ({@code .../requests}).
 */
final class RunLog {

  private static final int MOST_LINES = 2000;
  private static final int MOST_REQUESTS = 5000;
  private static final String PRINTED = "stdout";
  private static final String SYSTEM = "varlog%2Fsystem";
  private static final String REQUESTS = "requests";

  private final Clock clock;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, Rings> revisions = new ConcurrentHashMap<>();

  RunLog(Clock clock) {
    this.clock = clock;
  }

  private record Kept(
      Instant at,
      long number,
      String log,
      LogSeverity severity,
      String text,
      @Nullable HttpRequest request) {}

  private static final class Rings {
    private final Deque<Kept> lines = new ArrayDeque<>();
    private final Deque<Kept> requests = new ArrayDeque<>();
    private boolean told;

    /** Whether why a process ended is told already; asked once for each. */
    synchronized boolean toldOnce() {
      boolean was = told;
      told = false;
      return was;
    }

    synchronized void last(Kept kept) {
      told = true;
      line(kept);
    }

    synchronized void line(Kept kept) {
      add(lines, kept, MOST_LINES);
    }

    synchronized void request(Kept kept) {
      add(requests, kept, MOST_REQUESTS);
    }

    private static void add(Deque<Kept> ring, Kept kept, int most) {
      ring.addLast(kept);
      if (ring.size() > most) {
        ring.removeFirst();
      }
    }

    synchronized List<Kept> all() {
      List<Kept> all = new ArrayList<>(lines);
      all.addAll(requests);
      return all;
    }
  }

  /** A line a process of the revision printed; {@code revision} is its full name. */
  void printed(String revision, String line) {
    rings(revision).line(kept(PRINTED, LogSeverity.DEFAULT, line, null));
  }

  /** What Cloud Run says when a process ends that it did not ask to. */
  void exited(String revision, int code) {
    String text =
        code > 128
            ? "Container terminated on signal %d.".formatted(code - 128)
            : "Container called exit(%d).".formatted(code);
    LogSeverity severity = code == 0 ? LogSeverity.INFO : LogSeverity.WARNING;
    if (!rings(revision).toldOnce()) {
      rings(revision).line(kept(SYSTEM, severity, text, null));
    }
  }

  /** What Cloud Run says when it ends a process that took too much. */
  void outOfMemory(String revision, long limitBytes, long usedBytes) {
    String text =
        ("Memory limit of %d MiB exceeded with %d MiB used. Consider increasing the memory limit,"
                + " see https://cloud.google.com/run/docs/configuring/memory-limits")
            .formatted(limitBytes >> 20, usedBytes >> 20);
    rings(revision).last(kept(SYSTEM, LogSeverity.ERROR, text, null));
  }

  /** A request the revision answered, or failed to. */
  void answered(String revision, HttpRequest request) {
    LogSeverity severity =
        request.getStatus() >= 500
            ? LogSeverity.ERROR
            : request.getStatus() >= 400 ? LogSeverity.WARNING : LogSeverity.INFO;
    rings(revision).request(kept(REQUESTS, severity, "", request));
  }

  private Rings rings(String revision) {
    return revisions.computeIfAbsent(revision, name -> new Rings());
  }

  private Kept kept(String log, LogSeverity severity, String text, @Nullable HttpRequest request) {
    return new Kept(clock.instant(), count.incrementAndGet(), log, severity, text, request);
  }

  void remove(String revision) {
    revisions.remove(revision);
  }

  List<LogEntry> entries() {
    List<LogEntry> entries = new ArrayList<>();
    revisions.forEach(
        (revision, rings) -> {
          MonitoredResource resource = resource(revision);
          rings.all().forEach(kept -> entries.add(entry(resource, kept)));
        });
    return entries;
  }

  private static MonitoredResource resource(String revision) {
    ServiceName service = ServiceName.ofRevision(revision);
    return MonitoredResource.newBuilder()
        .setType("cloud_run_revision")
        .putLabels("project_id", service.project())
        .putLabels("location", service.location())
        .putLabels("service_name", service.service())
        .putLabels("configuration_name", service.service())
        .putLabels("revision_name", ServiceName.lastPart(revision))
        .build();
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static LogEntry entry(MonitoredResource resource, Kept kept) {
    Timestamp at = timestamp(kept.at());
    LogEntry.Builder entry =
        LogEntry.newBuilder()
            .setLogName(
                "projects/%s/logs/run.googleapis.com%%2F%s"
                    .formatted(resource.getLabelsOrThrow("project_id"), kept.log()))
            .setResource(resource)
            .setTimestamp(at)
            .setReceiveTimestamp(at)
            .setSeverity(kept.severity())
            .setInsertId("run-%012d".formatted(kept.number()));
    if (kept.request() == null) {
      return entry.setTextPayload(kept.text()).build();
    }
    return entry.setHttpRequest(kept.request()).build();
  }
}
