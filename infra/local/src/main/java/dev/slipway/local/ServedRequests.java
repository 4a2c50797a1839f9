package dev.slipway.local;

import dev.slipway.local.monitoring.Requests;
import dev.slipway.local.run.CloudRun;
import java.time.Instant;
import java.util.List;

/** What Cloud Run's services were asked, as Monitoring counts it. */
record ServedRequests(CloudRun run) implements Requests {

  @Override
  public List<Sample> read(Instant from, Instant to) {
    return run.metrics().read(from, to).stream()
        .map(
            s ->
                new Sample(
                    s.second(),
                    s.project(),
                    s.location(),
                    s.service(),
                    s.revision(),
                    s.responseCode(),
                    s.count(),
                    s.latencies(),
                    s.totalMillis()))
        .toList();
  }
}
