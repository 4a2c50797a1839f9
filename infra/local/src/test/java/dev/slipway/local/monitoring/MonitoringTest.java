package dev.slipway.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import com.google.monitoring.v3.Aggregation;
import com.google.monitoring.v3.Aggregation.Aligner;
import com.google.monitoring.v3.Aggregation.Reducer;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.Clients;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cloud Run's two request metrics, read with Google's client. */
final class MonitoringTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Requests.Sample> samples = new ArrayList<>();
  private CloudServer server;
  private Clients clients;
  private MetricServiceClient metrics;

  @BeforeEach
  void open() throws IOException {
    Requests requests =
        (from, to) ->
            samples.stream()
                .filter(s -> !s.second().isBefore(from) && s.second().isBefore(to))
                .toList();
    server = CloudServer.start(Endpoints.free(), List.of(new Monitoring(requests)));
    clients = Clients.to(server.endpoints().grpc());
    metrics =
        MetricServiceClient.create(
            MetricServiceSettings.newBuilder()
                .setTransportChannelProvider(clients.transport())
                .setCredentialsProvider(clients.credentials())
                .build());
  }

  @AfterEach
  void close() {
    metrics.close();
    clients.close();
    server.close();
  }

  private void served(int second, String revision, int code, long count, int bucket) {
    List<Long> latencies = new ArrayList<>(Collections.nCopies(68, 0L));
    latencies.set(bucket, count);
    double millis = Math.pow(1.4, bucket - 0.5) * count;
    samples.add(
        new Requests.Sample(
            START.plusSeconds(second),
            "laptop", "europe-west1", "hello", revision, code, count, latencies, millis));
  }

  private List<TimeSeries> list(String metric, String more, Aggregation.Builder aggregation) {
    ListTimeSeriesRequest request =
        ListTimeSeriesRequest.newBuilder()
            .setName("projects/laptop")
            .setFilter("metric.type = \"run.googleapis.com/" + metric + "\"" + more)
            .setInterval(
                TimeInterval.newBuilder()
                    .setStartTime(Timestamps.fromSeconds(START.getEpochSecond()))
                    .setEndTime(Timestamps.fromSeconds(START.getEpochSecond() + 120)))
            .setAggregation(aggregation)
            .build();
    return StreamSupport.stream(
            metrics.listTimeSeries(request).iterateAll().spliterator(), false)
        .toList();
  }

  private static Aggregation.Builder minutes(Aligner aligner) {
    return Aggregation.newBuilder()
        .setAlignmentPeriod(Duration.newBuilder().setSeconds(60))
        .setPerSeriesAligner(aligner);
  }

  @Test
  void countsAreAlignedToPeriodsTheNewestFirst() {
    served(0, "hello-a", 200, 3, 5);
    served(59, "hello-a", 200, 4, 5);
    served(60, "hello-a", 200, 5, 5);

    List<TimeSeries> series = list("request_count", "", minutes(Aligner.ALIGN_DELTA));

    assertThat(series).hasSize(1);
    assertThat(series.getFirst().getResource().getType()).isEqualTo("cloud_run_revision");
    assertThat(series.getFirst().getResource().getLabelsMap())
        .containsEntry("service_name", "hello")
        .containsEntry("revision_name", "hello-a")
        .containsEntry("location", "europe-west1");
    assertThat(series.getFirst().getMetric().getLabelsMap())
        .containsEntry("response_code", "200")
        .containsEntry("response_code_class", "2xx");
    assertThat(series.getFirst().getPointsList())
        .extracting(point -> point.getValue().getInt64Value())
        .containsExactly(5L, 7L);
  }

  @Test
  void aFilterChoosesSeriesByTheirLabels() {
    served(0, "hello-a", 200, 3, 5);
    served(0, "hello-b", 200, 4, 5);
    served(0, "hello-b", 503, 1, 5);

    List<TimeSeries> series =
        list(
            "request_count",
            " AND resource.type=\"cloud_run_revision\""
                + " AND resource.labels.revision_name = \"hello-b\""
                + " AND metric.labels.response_code_class != \"5xx\"",
            minutes(Aligner.ALIGN_DELTA));

    assertThat(series)
        .singleElement()
        .extracting(one -> one.getPoints(0).getValue().getInt64Value())
        .isEqualTo(4L);
  }

  @Test
  void seriesAreSummedByWhatTheyAreGroupedBy() {
    served(0, "hello-a", 200, 30, 5);
    served(1, "hello-a", 201, 30, 5);
    served(0, "hello-a", 500, 6, 5);

    List<TimeSeries> series =
        list(
            "request_count",
            "",
            minutes(Aligner.ALIGN_RATE)
                .setCrossSeriesReducer(Reducer.REDUCE_SUM)
                .addGroupByFields("metric.labels.response_code_class"));

    assertThat(series)
        .extracting(
            one -> one.getMetric().getLabelsOrThrow("response_code_class"),
            one -> one.getPoints(0).getValue().getDoubleValue())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("2xx", 1.0),
            org.assertj.core.groups.Tuple.tuple("5xx", 0.1));
  }

  @Test
  void latenciesComeAsADistributionOrAsAPercentile() {
    served(0, "hello-a", 200, 95, 7);
    served(0, "hello-a", 200, 5, 20);

    Point whole =
        list("request_latencies", "", minutes(Aligner.ALIGN_DELTA)).getFirst().getPoints(0);
    Point p99 =
        list("request_latencies", "", minutes(Aligner.ALIGN_PERCENTILE_99)).getFirst().getPoints(0);
    Point p50 =
        list("request_latencies", "", minutes(Aligner.ALIGN_PERCENTILE_50)).getFirst().getPoints(0);

    assertThat(whole.getValue().getDistributionValue().getCount()).isEqualTo(100);
    assertThat(whole.getValue().getDistributionValue().getBucketCountsList())
        .hasSize(21)
        .contains(95L, 5L);
    assertThat(p99.getValue().getDoubleValue()).isBetween(Math.pow(1.4, 19), Math.pow(1.4, 20));
    assertThat(p50.getValue().getDoubleValue()).isBetween(Math.pow(1.4, 6), Math.pow(1.4, 7));
  }

  @Test
  void nothingServedIsNoSeriesAndAnUnreadableFilterIsRefused() {
    assertThat(list("request_count", "", minutes(Aligner.ALIGN_DELTA))).isEmpty();
    assertThatThrownBy(
            () -> list("request_count", " OR metric.type=\"x\"", minutes(Aligner.ALIGN_DELTA)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("AND");
  }
}
