package dev.slipway.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.MonitoredResource;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import com.google.logging.type.HttpRequest;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.logging.Logging;
import dev.slipway.local.monitoring.Monitoring;
import dev.slipway.local.monitoring.Requests;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.release.Diagnosis;
import dev.slipway.release.Evidence;
import dev.slipway.release.GatePolicy;
import dev.slipway.release.Histogram;
import dev.slipway.release.Measurements;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Signals;
import dev.slipway.release.Tally;
import dev.slipway.release.Verdict;
import dev.slipway.release.Windows;
import dev.slipway.rollout.CloudLogging;
import dev.slipway.rollout.CloudMonitoring;
import dev.slipway.rollout.Logs;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gate judges by, read with Google's clients from the laptop's Monitoring and Logging. */
final class GateAdaptersTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00.400Z");
  private static final Instant SECOND = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BRIEFLY = Duration.ofSeconds(3);
  private static final ServiceName HELLO = new ServiceName("hello");
  private static final Rollout ROLLOUT = new Rollout("hello-b", Optional.of("hello-a"), 3);
  private static final Windows WINDOWS = new Windows(BEGAN, Duration.ofSeconds(10), 2);

  private final List<Requests.Sample> served = new ArrayList<>();
  private final List<LogEntry> logged = new ArrayList<>();
  private CloudServer server;
  private ManagedChannel channel;
  private MetricServiceClient metrics;
  private LoggingClient logs;
  private CloudMonitoring monitoring;
  private CloudLogging logging;

  @BeforeEach
  void open() throws IOException {
    Requests requests =
        (from, to) ->
            served.stream()
                .filter(s -> !s.second().isBefore(from) && s.second().isBefore(to))
                .toList();
    server =
        CloudServer.start(
            Endpoints.free(),
            List.of(
                new Monitoring(requests),
                new Logging(Clock.systemUTC(), List.of(() -> logged))));
    channel = ManagedChannelBuilder.forTarget(server.endpoints().grpc()).usePlaintext().build();
    var transport = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    var nobody = NoCredentialsProvider.create();
    MetricServiceSettings.Builder forMetrics =
        MetricServiceSettings.newBuilder()
            .setTransportChannelProvider(transport)
            .setCredentialsProvider(nobody);
    forMetrics.listTimeSeriesSettings().retrySettings().setTotalTimeoutDuration(BRIEFLY);
    metrics = MetricServiceClient.create(forMetrics.build());
    LoggingSettings.Builder forLogs =
        LoggingSettings.newBuilder()
            .setTransportChannelProvider(transport)
            .setCredentialsProvider(nobody);
    forLogs.listLogEntriesSettings().retrySettings().setTotalTimeoutDuration(BRIEFLY);
    logs = LoggingClient.create(forLogs.build());
    monitoring = new CloudMonitoring(metrics, "laptop", "europe-west1");
    logging = new CloudLogging(logs, "laptop", "europe-west1");
  }

  @AfterEach
  void close() {
    logs.close();
    metrics.close();
    channel.shutdownNow();
    server.close();
  }

  private void served(int second, String revision, int code, long count, int bucket) {
    List<Long> latencies = new ArrayList<>(Collections.nCopies(Requests.FINITE_BUCKETS + 2, 0L));
    latencies.set(bucket, count);
    served.add(
        new Requests.Sample(
            SECOND.plusSeconds(second), "laptop", "europe-west1", "hello", revision, code, count,
            latencies, (double) count));
  }

  private Verdict judge(GatePolicy policy) {
    Measurements measurements = monitoring.read(HELLO, ROLLOUT, WINDOWS);
    return Diagnosis.of(policy, WINDOWS, new Evidence(measurements, Signals.NONE));
  }

  @Test
  void requestsErrorsAndLatenciesAreThoseOfTheTwoRevisionsSinceTheStepBegan() {
    served(0, "hello-b", 500, 99, 1);
    served(1, "hello-b", 200, 150, 10);
    served(11, "hello-b", 503, 1, 10);
    served(11, "hello-b", 204, 49, 20);
    served(2, "hello-a", 200, 1000, 10);
    served(2, "hello-c", 500, 1000, 10);
    served(20, "hello-b", 500, 99, 10);
    GatePolicy policy =
        new GatePolicy(
            true,
            new GatePolicy.Limits(5, Optional.empty(), Optional.of(100_000L), Optional.empty()),
            GatePolicy.DEFAULT.sampling(),
            GatePolicy.DEFAULT.tolerance(),
            GatePolicy.DEFAULT.compareToStable(),
            0.95);

    Verdict verdict = judge(policy);

    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.HEALTHY);
    assertThat(verdict.measure("error rate").orElseThrow().words())
        .isEqualTo("error rate: actual 0.5 %, needs <= 5 %, 200 requests");
    assertThat(verdict.measure("error rate beside stable").orElseThrow().words())
        .contains("stable has 0 % of 1000");
    assertThat(verdict.measure("p95").orElseThrow().actual().orElseThrow())
        .isBetween(Math.pow(1.4, 19), Math.pow(1.4, 20));
    assertThat(verdict.measure("p95").orElseThrow().samples()).isEqualTo(200);
  }

  @Test
  void fault28_nothingServedIsInconclusive() {
    assertThat(judge(GatePolicy.DEFAULT).outcome()).isEqualTo(Verdict.Outcome.INCONCLUSIVE);
  }

  @Test
  void fault28_aMonitoringThatDoesNotAnswerIsAnErrorWithItsReason() {
    server.close();

    Measurements measurements = monitoring.read(HELLO, ROLLOUT, WINDOWS);

    assertThat(measurements.problem().orElseThrow()).startsWith("Cloud Monitoring of hello: ");
  }

  private LogEntry.Builder entry(int second, String revision, String log) {
    return LogEntry.newBuilder()
        .setLogName("projects/laptop/logs/run.googleapis.com%2F" + log)
        .setInsertId("id-" + logged.size())
        .setTimestamp(Timestamps.fromMillis(BEGAN.plusSeconds(second).toEpochMilli()))
        .setResource(
            MonitoredResource.newBuilder()
                .setType("cloud_run_revision")
                .putLabels("location", "europe-west1")
                .putLabels("service_name", "hello")
                .putLabels("revision_name", revision));
  }

  private void line(int second, String revision, String text) {
    logged.add(entry(second, revision, "stdout").setTextPayload(text).build());
  }

  private Verdict judgeLogs() {
    Signals signals = logging.read(HELLO, ROLLOUT, BEGAN);
    Measurements well =
        Measurements.of(
            List.of(
                new Measurements.Slice(
                    BEGAN,
                    BEGAN.plusSeconds(10),
                    new Tally(
                        500, 0, Histogram.EMPTY))),
            List.of());
    return Diagnosis.of(GatePolicy.DEFAULT, WINDOWS, new Evidence(well, signals));
  }

  @Test
  void whatOnlyTheCandidateLoggedSinceTheStepBeganIsASign() {
    line(-5, "hello-b", "thread 'main' panicked at src/before.rs:1:1:");
    line(1, "hello-b", "thread 'main' (12) panicked at src/main.rs:1:1:");
    line(2, "hello-b", "hello");
    line(3, "hello-c", "thread 'main' panicked at src/other.rs:1:1:");
    logged.add(
        entry(4, "hello-b", "stdout")
            .setJsonPayload(
                Struct.newBuilder()
                    .putFields(
                        "message",
                        Value.newBuilder()
                            .setStringValue("thread 'w' panicked at src/json.rs:9:9:")
                            .build()))
            .build());
    logged.add(
        entry(5, "hello-b", "varlog%2Fsystem").setTextPayload("Container called exit(101).").build());
    logged.add(
        entry(6, "hello-b", "varlog%2Fsystem").setTextPayload("Container called exit(0).").build());

    Verdict verdict = judgeLogs();

    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNHEALTHY);
    assertThat(verdict.reason())
        .isEqualTo(
            "panic: thread 'main' (12) panicked at src/main.rs:1:1: (once, never on stable);"
                + " panic: thread 'w' panicked at src/json.rs:9:9: (once, never on stable);"
                + " exit: Container called exit(101). (once, never on stable)");
  }

  @Test
  void whatStableLoggedWithinADayIsNoSign() {
    line(-20_000, "hello-a", "thread 'main' panicked at src/main.rs:7:7:");
    line(1, "hello-b", "thread 'main' panicked at src/main.rs:1:1:");

    assertThat(judgeLogs().outcome()).isEqualTo(Verdict.Outcome.HEALTHY);
  }

  @Test
  void requestsOfSlipwaysOwnAreCountedAmongTheCandidates() {
    for (int second = 0; second < 25; second++) {
      logged.add(
          entry(second, "hello-b", "requests")
              .setHttpRequest(HttpRequest.newBuilder().setUserAgent(Logs.SYNTHETIC_AGENT))
              .build());
      logged.add(
          entry(second, "hello-b", "requests")
              .setHttpRequest(HttpRequest.newBuilder().setUserAgent("a browser"))
              .build());
    }

    assertThat(judgeLogs().synthetic()).isEqualTo(20);
  }

  @Test
  void aLoggingThatDoesNotAnswerIsAnErrorWithItsReason() {
    server.close();

    assertThat(logging.read(HELLO, ROLLOUT, BEGAN).problem().orElseThrow())
        .startsWith("Cloud Logging of hello: ");
  }
}
