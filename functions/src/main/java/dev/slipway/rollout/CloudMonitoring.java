package dev.slipway.rollout;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.Timestamp;
import dev.slipway.release.Histogram;
import dev.slipway.release.Measurements;
import dev.slipway.release.Measurements.Slice;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Tally;
import dev.slipway.release.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cloud Monitoring: {@code run.googleapis.com/request_count} and {@code request_latencies} of the
 * revisions of one project and region.
 *
 * <p>The points are read as they were sampled, without alignment: aligning would spread a point over
 * windows, and so bring requests of the time before a step into its first one.
 */
public final class CloudMonitoring implements Metrics {

  private static final String COUNT = "run.googleapis.com/request_count";
  private static final String LATENCIES = "run.googleapis.com/request_latencies";
  private static final int PAGE = 10_000;

  private final MetricServiceClient client;
  private final String project;
  private final String region;

  public CloudMonitoring(MetricServiceClient client, String project, String region) {
    this.client = client;
    this.project = project;
    this.region = region;
  }

  @Override
  public Measurements read(ServiceName service, Rollout rollout, Windows windows) {
    Sides sides = new Sides(rollout);
    try {
      list(COUNT, service, rollout, windows).forEach(sides::add);
      list(LATENCIES, service, rollout, windows).forEach(sides::add);
    } catch (ApiException e) {
      return Measurements.unreadable(
          "Cloud Monitoring of %s: %s".formatted(service, e.getMessage()));
    }
    return Measurements.of(sides.candidate, sides.stable);
  }

  private Iterable<TimeSeries> list(
      String metric, ServiceName service, Rollout rollout, Windows windows) {
    String filter =
        """
        metric.type = "%s" AND resource.type = "cloud_run_revision"\
         AND resource.labels.location = "%s" AND resource.labels.service_name = "%s"\
         AND resource.labels.revision_name = one_of(%s)"""
            .formatted(metric, rollout.region().orElse(region), service, names(rollout));
    return client
        .listTimeSeries(
            ListTimeSeriesRequest.newBuilder()
                .setName("projects/" + project)
                .setFilter(filter)
                .setInterval(
                    TimeInterval.newBuilder()
                        .setStartTime(timestamp(windows.since()))
                        .setEndTime(timestamp(windows.until())))
                .setView(ListTimeSeriesRequest.TimeSeriesView.FULL)
                .setPageSize(PAGE)
                .build())
        .iterateAll();
  }

  private static String names(Rollout rollout) {
    String candidate = '"' + rollout.revision() + '"';
    return rollout.baseline().map(stable -> candidate + ", \"" + stable + '"').orElse(candidate);
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** The slices of the two revisions. */
  private static final class Sides {

    private final String revision;
    private final Optional<String> baseline;
    private final List<Slice> candidate = new ArrayList<>();
    private final List<Slice> stable = new ArrayList<>();

    Sides(Rollout rollout) {
      revision = rollout.revision();
      baseline = rollout.baseline();
    }

    void add(TimeSeries series) {
      String of = series.getResource().getLabelsOrDefault("revision_name", "");
      boolean failed =
          series.getMetric().getLabelsOrDefault("response_code_class", "").equals("5xx");
      for (Point point : series.getPointsList()) {
        Slice slice =
            new Slice(
                instant(point.getInterval().getStartTime()),
                instant(point.getInterval().getEndTime()),
                tally(point, failed));
        if (of.equals(revision)) {
          candidate.add(slice);
        } else if (baseline.equals(Optional.of(of))) {
          stable.add(slice);
        }
      }
    }

    private static Tally tally(Point point, boolean failed) {
      if (point.getValue().hasDistributionValue()) {
        var distribution = point.getValue().getDistributionValue();
        return new Tally(0, 0, Distributions.histogram(distribution));
      }
      long count = Math.max(0, point.getValue().getInt64Value());
      return new Tally(count, failed ? count : 0, Histogram.EMPTY);
    }
  }
}
