package dev.slipway.rollout;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.slipway.release.LogLine;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Signal;
import dev.slipway.release.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Cloud Logging of one project: panics, exits and what ran out of memory, by Cloud Run's own words,
 * and the requests Slipway sent itself, by their user agent.
 *
 * <p>One call where the candidate logged nothing of the kind; a second, for stable, where it did.
 */
public final class CloudLogging implements Logs {

  /** What stable showed within a day is known of it. */
  private static final Duration MEMORY = Duration.ofDays(1);

  /** The newest so many entries are looked at: one page, one call against the quota. */
  private static final int MOST = 1000;

  private static final String SIGNS =
      """
      (textPayload : ("panicked at" OR "Memory limit of" OR "Container called exit("\
       OR "Container terminated on signal" OR "Uncaught signal")\
       OR jsonPayload.message : "panicked at")""";

  private final LoggingClient client;
  private final String project;
  private final String region;

  private record Place(ServiceName service, String region) {}

  public CloudLogging(LoggingClient client, String project, String region) {
    this.client = client;
    this.project = project;
    this.region = region;
  }

  @Override
  public Signals read(ServiceName service, Rollout rollout, Instant since) {
    Place place = new Place(service, rollout.region().orElse(region));
    String synthetic = "httpRequest.userAgent = \"%s\"".formatted(SYNTHETIC_AGENT);
    try {
      List<LogEntry> found =
          list(place, rollout.revision(), since, "(" + SIGNS + " OR " + synthetic + ")");
      List<Signal> candidate = signals(found);
      List<Signal> stable =
          candidate.isEmpty() || rollout.baseline().isEmpty()
              ? List.of()
              : signals(list(place, rollout.baseline().get(), since.minus(MEMORY), SIGNS));
      return new Signals(candidate, stable, synthetic(found), Optional.empty());
    } catch (ApiException e) {
      return Signals.unreadable("Cloud Logging of %s: %s".formatted(service, e.getMessage()));
    }
  }

  private List<LogEntry> list(Place place, String revision, Instant since, String what) {
    String filter =
        """
        resource.type = "cloud_run_revision" AND resource.labels.location = "%s"\
         AND resource.labels.service_name = "%s" AND resource.labels.revision_name = "%s"\
         AND timestamp >= "%s" AND %s"""
            .formatted(place.region(), place.service(), revision, since, what);
    ListLogEntriesRequest request =
        ListLogEntriesRequest.newBuilder()
            .addResourceNames("projects/" + project)
            .setFilter(filter)
            .setOrderBy("timestamp desc")
            .setPageSize(MOST)
            .build();
    var page = client.listLogEntries(request).getPage();
    return StreamSupport.stream(page.getValues().spliterator(), false).toList();
  }

  private static List<Signal> signals(List<LogEntry> entries) {
    List<Signal> signals = new ArrayList<>();
    for (LogEntry entry : entries.reversed()) {
      LogLine.signal(text(entry)).ifPresent(signals::add);
    }
    return signals;
  }

  private static String text(LogEntry entry) {
    Value message =
        entry
            .getJsonPayload()
            .getFieldsOrDefault("message", Value.getDefaultInstance());
    return entry.hasJsonPayload() ? message.getStringValue() : entry.getTextPayload();
  }

  private static Signals.Synthetic synthetic(List<LogEntry> newestFirst) {
    return new Signals.Synthetic(
        newestFirst.stream()
            .filter(e -> e.getHttpRequest().getUserAgent().equals(SYNTHETIC_AGENT))
            .map(e -> instant(e.getTimestamp()))
            .toList());
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }
}
