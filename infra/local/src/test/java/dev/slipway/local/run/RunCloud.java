package dev.slipway.local.run;

import com.google.api.gax.longrunning.OperationSnapshot;
import com.google.api.gax.longrunning.OperationTimedPollAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.ExecutionsClient;
import com.google.cloud.run.v2.ExecutionsSettings;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.JobsSettings;
import com.google.cloud.run.v2.LocationName;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import dev.slipway.local.Clients;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** A laptop cloud of nothing but Cloud Run, on real time, and Google's clients to drive it. */
final class RunCloud implements AutoCloseable {

  static final LocationName PARENT = LocationName.of("laptop", "europe-west1");

  final Map<String, String> secrets = new ConcurrentHashMap<>();
  final FolderImages images;
  final HttpClient http = HttpClient.newHttpClient();
  final CloudRun run;
  final ServicesClient services;
  final RevisionsClient revisions;
  final JobsClient jobs;
  final ExecutionsClient executions;
  private final RealScheduler scheduler = new RealScheduler();
  private final State state;
  private final CloudServer server;
  private final Clients clients;

  RunCloud(Path folder) throws IOException {
    this(folder, RunSettings.defaults());
  }

  RunCloud(Path folder, RunSettings settings) throws IOException {
    state = State.open(folder.resolve("state"));
    images = new FolderImages(folder.resolve("registry"));
    Operations operations = new Operations(state);
    Secrets known = version -> Optional.ofNullable(secrets.get(version));
    run =
        new CloudRun(
            state, Clock.systemUTC(), scheduler, operations, images, known, settings);
    server = CloudServer.start(Endpoints.free(), List.of(operations, run));
    clients = Clients.to(server.endpoints().grpc());
    services = ServicesClient.create(settings(clients));
    revisions =
        RevisionsClient.create(
            RevisionsSettings.newBuilder()
                .setTransportChannelProvider(clients.transport())
                .setCredentialsProvider(clients.credentials())
                .build());
    jobs =
        JobsClient.create(
            JobsSettings.newBuilder()
                .setTransportChannelProvider(clients.transport())
                .setCredentialsProvider(clients.credentials())
                .build());
    executions =
        ExecutionsClient.create(
            ExecutionsSettings.newBuilder()
                .setTransportChannelProvider(clients.transport())
                .setCredentialsProvider(clients.credentials())
                .build());
  }

  private static ServicesSettings settings(Clients clients) throws IOException {
    ServicesSettings.Builder settings =
        ServicesSettings.newBuilder()
            .setTransportChannelProvider(clients.transport())
            .setCredentialsProvider(clients.credentials());
    OperationTimedPollAlgorithm often =
        OperationTimedPollAlgorithm.create(
            RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(20))
                .setRetryDelayMultiplier(1)
                .setMaxRetryDelayDuration(Duration.ofMillis(20))
                .setTotalTimeoutDuration(Duration.ofMinutes(1))
                .build());
    settings.createServiceOperationSettings().setPollingAlgorithm(often);
    settings.updateServiceOperationSettings().setPollingAlgorithm(often);
    settings.deleteServiceOperationSettings().setPollingAlgorithm(often);
    return settings.build();
  }

  String httpEndpoint() {
    return server.endpoints().http();
  }

  /** A template of one container with the given environment, as {@code name=value}. */
  static RevisionTemplate.Builder template(String image, String... env) {
    Container.Builder container = Container.newBuilder().setImage(image);
    for (String variable : env) {
      String[] parts = variable.split("=", 2);
      container.addEnv(EnvVar.newBuilder().setName(parts[0]).setValue(parts[1]));
    }
    return RevisionTemplate.newBuilder().addContainers(container);
  }

  static TrafficTarget to(String revision, int percent, String tag) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .setTag(tag)
        .build();
  }

  static TrafficTarget latest(int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
        .setPercent(percent)
        .build();
  }

  Service create(String id, RevisionTemplate.Builder template) {
    return done(
        () ->
            services
                .createServiceAsync(
                    CreateServiceRequest.newBuilder()
                        .setParent(PARENT.toString())
                        .setServiceId(id)
                        .setService(Service.newBuilder().setTemplate(template))
                        .build())
                .get());
  }

  Service update(Service service, String... mask) {
    return update(
        UpdateServiceRequest.newBuilder()
            .setService(service)
            .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)))
            .build());
  }

  Service update(UpdateServiceRequest request) {
    return done(() -> services.updateServiceAsync(request).get());
  }

  OperationSnapshot operation(UpdateServiceRequest request) {
    return done(() -> services.updateServiceAsync(request).getInitialFuture().get());
  }

  Service traffic(Service service, TrafficTarget... targets) {
    return update(
        service.toBuilder().clearTraffic().addAllTraffic(List.of(targets)).clearEtag().build(),
        "traffic");
  }

  HttpResponse<String> get(String url) {
    return done(() -> http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()));
  }

  /** Work that may wait and fail. */
  interface Waiting<T> {
    T get() throws Exception;
  }

  /** The result, or the API's exception out of its wrapping. */
  static <T> T done(Waiting<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException api) {
        throw api;
      }
      throw new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    services.close();
    revisions.close();
    jobs.close();
    executions.close();
    clients.close();
    server.close();
    scheduler.close();
    state.close();
    http.close();
  }
}
