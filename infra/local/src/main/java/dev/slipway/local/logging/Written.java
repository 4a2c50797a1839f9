package dev.slipway.local.logging;

import com.google.logging.v2.LogEntry;
import com.google.logging.v2.WriteLogEntriesRequest;
import com.google.protobuf.util.Timestamps;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What clients wrote: the newest of it, until the cloud stops. */
final class Written implements LogSource {

  private static final int MOST = 10_000;

  private final Clock clock;
  private final Deque<LogEntry> entries = new ArrayDeque<>();
  private long written;

  Written(Clock clock) {
    this.clock = clock;
  }

  /** What an entry leaves out is as the request says for all of them. */
  synchronized void add(WriteLogEntriesRequest request) {
    for (LogEntry given : request.getEntriesList()) {
      LogEntry.Builder entry = given.toBuilder();
      var now = Timestamps.fromMillis(clock.millis());
      if (given.getLogName().isEmpty()) {
        entry.setLogName(request.getLogName());
      }
      if (!given.hasResource()) {
        entry.setResource(request.getResource());
      }
      if (!given.hasTimestamp()) {
        entry.setTimestamp(now);
      }
      if (given.getInsertId().isEmpty()) {
        entry.setInsertId("written-" + written);
      }
      request.getLabelsMap().forEach((k, v) -> entry.putLabels(k, given.getLabelsOrDefault(k, v)));
      written++;
      entries.addLast(entry.setReceiveTimestamp(now).build());
      if (entries.size() > MOST) {
        entries.removeFirst();
      }
    }
  }

  @Override
  public synchronized List<LogEntry> entries() {
    return List.copyOf(entries);
  }
}
