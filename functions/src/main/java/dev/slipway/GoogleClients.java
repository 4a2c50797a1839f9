package dev.slipway;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.run.v2.ExecutionsClient;
import com.google.cloud.run.v2.ExecutionsSettings;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.JobsSettings;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.common.base.Suppliers;
import com.google.pubsub.v1.TopicName;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * Google's clients, each made when first asked for: on Google Cloud with the function's own
 * identity, on a laptop with none, and then nothing leaves the machine.
 */
final class GoogleClients {

  /** What a gate cannot read now it reads at the next tick; meanwhile other releases wait. */
  private static final Duration READING = Duration.ofSeconds(15);

  /** A connection that was idle longer may be dead without the client's knowing. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Settings settings;
  private final Supplier<Optional<ManagedChannel>> laptop;
  private final Supplier<Storage> storage;
  private final Supplier<Firestore> firestore;
  private final Supplier<CloudBuildClient> builds;
  private final Supplier<ServicesClient> services;
  private final Supplier<RevisionsClient> revisions;
  private final Supplier<JobsClient> jobs;
  private final Supplier<ExecutionsClient> executions;
  private final Supplier<MetricServiceClient> metrics;
  private final Supplier<LoggingClient> logs;
  private final Supplier<Identity> identity;

  GoogleClients(Settings settings) {
    this.settings = settings;
    laptop =
        Suppliers.memoize(
            () ->
                settings
                    .laptop()
                    .map(l -> ManagedChannelBuilder.forTarget(l.grpc()).usePlaintext().build()));
    storage = Suppliers.memoize(this::makeStorage);
    firestore = Suppliers.memoize(this::makeFirestore);
    builds =
        Suppliers.memoize(
            () ->
                made(
                    () ->
                        CloudBuildClient.create(
                            local(CloudBuildSettings.newBuilder()).build())));
    services =
        Suppliers.memoize(
            () -> made(() -> ServicesClient.create(local(ServicesSettings.newBuilder()).build())));
    revisions =
        Suppliers.memoize(
            () ->
                made(() -> RevisionsClient.create(local(RevisionsSettings.newBuilder()).build())));
    jobs =
        Suppliers.memoize(
            () -> made(() -> JobsClient.create(local(JobsSettings.newBuilder()).build())));
    executions =
        Suppliers.memoize(
            () ->
                made(
                    () -> ExecutionsClient.create(local(ExecutionsSettings.newBuilder()).build())));
    metrics = Suppliers.memoize(() -> made(this::makeMetrics));
    logs = Suppliers.memoize(() -> made(this::makeLogs));
    identity =
        Suppliers.memoize(
            () -> settings.laptop().isPresent() ? Identity.NOBODY : Identity.ofThisProcess());
  }

  Storage storage() {
    return storage.get();
  }

  Firestore firestore() {
    return firestore.get();
  }

  CloudBuildClient builds() {
    return builds.get();
  }

  ServicesClient services() {
    return services.get();
  }

  RevisionsClient revisions() {
    return revisions.get();
  }

  JobsClient jobs() {
    return jobs.get();
  }

  ExecutionsClient executions() {
    return executions.get();
  }

  MetricServiceClient metrics() {
    return metrics.get();
  }

  LoggingClient logs() {
    return logs.get();
  }

  Identity identity() {
    return identity.get();
  }

  Publisher releaseEvents() {
    return publisher(settings.releaseTopic());
  }

  Publisher publisher(String topic) {
    return made(
        () -> {
          Publisher.Builder builder =
              Publisher.newBuilder(TopicName.of(settings.project(), topic));
          laptop
              .get()
              .ifPresent(
                  channel ->
                      builder
                          .setChannelProvider(provider(channel))
                          .setCredentialsProvider(NoCredentialsProvider.create()));
          return builder.build();
        });
  }

  /** Follows no redirect, which would carry the token elsewhere, and sends nothing twice. */
  MethodsClient slack(SlackSettings.Bot slack, Duration timeout) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.api());
    // It would print requests, and with them the token.
    config.setPrettyResponseLoggingEnabled(false);
    // Nobody reads its statistics, which cost a thread and a call of auth.test at the start.
    config.setStatsEnabled(false);
    OkHttpClient http =
        SlackHttpClient.buildOkHttpClient(config)
            .newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(timeout)
            .connectionPool(new ConnectionPool(2, IDLE.toSeconds(), TimeUnit.SECONDS))
            .build();
    return Slack.getInstance(config, new SlackHttpClient(http)).methods(slack.token());
  }

  private Storage makeStorage() {
    StorageOptions.Builder options = StorageOptions.newBuilder().setProjectId(settings.project());
    settings
        .laptop()
        .ifPresent(l -> options.setHost(l.http()).setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }

  /** Credentials set beside an emulator host would send it to Google all the same. */
  private Firestore makeFirestore() {
    FirestoreOptions.Builder options =
        FirestoreOptions.newBuilder()
            .setProjectId(settings.project())
            .setDatabaseId(settings.database());
    settings.laptop().ifPresent(l -> options.setEmulatorHost(l.grpc()));
    return options.build().getService();
  }

  private MetricServiceClient makeMetrics() throws IOException {
    MetricServiceSettings.Builder builder = local(MetricServiceSettings.newBuilder());
    builder
        .listTimeSeriesSettings()
        .retrySettings()
        .setInitialRpcTimeoutDuration(READING)
        .setMaxRpcTimeoutDuration(READING)
        .setTotalTimeoutDuration(READING);
    return MetricServiceClient.create(builder.build());
  }

  private LoggingClient makeLogs() throws IOException {
    LoggingSettings.Builder builder = local(LoggingSettings.newBuilder());
    builder
        .listLogEntriesSettings()
        .retrySettings()
        .setInitialRpcTimeoutDuration(READING)
        .setMaxRpcTimeoutDuration(READING)
        .setTotalTimeoutDuration(READING);
    return LoggingClient.create(builder.build());
  }

  private <B extends ClientSettings.Builder<?, B>> B local(B builder) {
    laptop
        .get()
        .ifPresent(
            channel -> {
              CredentialsProvider nobody = NoCredentialsProvider.create();
              builder.setTransportChannelProvider(provider(channel)).setCredentialsProvider(nobody);
            });
    return builder;
  }

  private static TransportChannelProvider provider(ManagedChannel channel) {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  private interface Making<T> {
    T make() throws IOException;
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to make a Google client but failed", e);
    }
  }
}
