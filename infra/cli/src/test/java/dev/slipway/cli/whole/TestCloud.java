package dev.slipway.cli.whole;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.DeployFunction;
import dev.slipway.Settings;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.json.Json;
import dev.slipway.ledger.Recorded;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A laptop cloud with Slipway's functions, and the hands of those who use it. */
public final class TestCloud implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(250);

  private final LaptopCloud cloud;
  private final Laptop laptop;
  private final ManagedChannel channel;
  private final CloudBuildClient builds;

  private TestCloud(CloudConfig config) throws IOException {
    cloud = LaptopCloud.start(config);
    cloud.warmUp();
    laptop = Laptop.at(cloud.endpoints());
    channel = ManagedChannelBuilder.forTarget(cloud.endpoints().grpc()).usePlaintext().build();
    builds =
        CloudBuildClient.create(
            CloudBuildSettings.newBuilder()
                .setTransportChannelProvider(transport())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
  }

  private TransportChannelProvider transport() {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  static TestCloud start(Path folder, Duration hold) throws IOException {
    return start(folder, hold, config -> config);
  }

  static TestCloud start(Path folder, Duration hold, UnaryOperator<CloudConfig> change)
      throws IOException {
    return start(folder, hold, "{enabled: false}", change);
  }

  /** With a gate. */
  public static TestCloud gated(Path folder, Duration hold, String gate) throws IOException {
    return start(folder, hold, gate, config -> config);
  }

  private static TestCloud start(
      Path folder, Duration hold, String gate, UnaryOperator<CloudConfig> change)
      throws IOException {
    String policy =
        "{steps: [10, 50, 100], hold: %dms, watch: 0s, candidateDeadline: 60s, gate: %s}"
            .formatted(hold.toMillis(), gate);
    return new TestCloud(change.apply(LaptopSetup.config(folder, policy, TICK)));
  }

  /** With a policy as a team writes it. */
  static TestCloud ruled(Path folder, String policy) throws IOException {
    return new TestCloud(LaptopSetup.config(folder, policy, TICK));
  }

  /** With more environment variables for the functions. */
  static TestCloud with(Path folder, String policy, Map<String, String> more) throws IOException {
    return new TestCloud(LaptopSetup.config(folder, policy, TICK, more));
  }

  /** One that takes what is live in another. */
  static TestCloud after(TestCloud before, Path folder, String policy) throws IOException {
    return new TestCloud(
        LaptopSetup.config(
            folder,
            policy,
            TICK,
            Map.of(
                Settings.PROMOTION_SOURCE,
                LaptopSetup.promotionSource("staging", before.cloud.endpoints()))));
  }

  public LaptopCloud cloud() {
    return cloud;
  }

  Upload upload(Path archive, String object) {
    return laptop.upload(archive, object);
  }

  /** Uploads a crate and says which release it becomes. */
  public ReleaseId push(TestCrate crate, Path work) {
    Upload upload = upload(crate.packed(work), crate.name() + ".tar.gz");
    return ReleaseId.of(new ServiceName(crate.name()), upload);
  }

  /** Uploads a crate and waits for what becomes of it. */
  public Release released(TestCrate crate, Path work) {
    return settled(push(crate, work));
  }

  public Release settled(ReleaseId id) {
    return when(id, "its end", release -> release.stage() instanceof Stage.Settled);
  }

  public Release when(ReleaseId id, String what, Predicate<Release> is) {
    return Await.that(
        () -> "%s of %s; it is: %s".formatted(what, id, find(id)),
        () -> find(id).filter(is));
  }

  Optional<Release> find(ReleaseId id) {
    return laptop.ledger().view(id).release();
  }

  Release get(ReleaseId id) {
    return find(id).orElseThrow();
  }

  List<ReleaseId> of(Upload upload) {
    return laptop.ledger().of(upload);
  }

  List<ReleaseEvent> events(ReleaseId id) {
    return laptop.ledger().events(id).stream().map(Recorded::event).toList();
  }

  /** Percent by revision, of those that have any. */
  Map<String, Integer> split(ReleaseId id) {
    return service(id).getTrafficStatusesList().stream()
        .filter(t -> t.getPercent() > 0)
        .collect(Collectors.toMap(t -> t.getRevision(), t -> t.getPercent(), Integer::sum));
  }

  Service service(ReleaseId id) {
    return laptop.service(id.service().value()).orElseThrow();
  }

  /** A client of Cloud Run, to be closed. */
  ServicesClient run() throws IOException {
    return ServicesClient.create(
        ServicesSettings.newBuilder()
            .setTransportChannelProvider(transport())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }

  /** What users get. */
  String answer(ReleaseId id) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(service(id).getUri() + "/")).build(),
              BodyHandlers.ofString())
          .body()
          .strip();
    }
  }

  /** Every build of a release. */
  List<Build> builds(ReleaseId id) {
    ListBuildsRequest request =
        ListBuildsRequest.newBuilder()
            .setParent("projects/%s/locations/%s".formatted(LaptopCloud.PROJECT, LaptopCloud.REGION))
            .setProjectId(LaptopCloud.PROJECT)
            .setFilter("tags=\"%s\"".formatted(id.buildTag()))
            .build();
    return StreamSupport.stream(builds.listBuilds(request).iterateAll().spliterator(), false)
        .toList();
  }

  void command(Command command) throws Exception {
    Publisher publisher =
        Publisher.newBuilder(TopicName.of(LaptopCloud.PROJECT, DeployFunction.COMMAND_TOPIC))
            .setChannelProvider(transport())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try {
      ByteString data = ByteString.copyFromUtf8(Json.write(command, Command.class));
      var unused = publisher.publish(PubsubMessage.newBuilder().setData(data).build()).get();
    } finally {
      publisher.shutdown();
    }
  }

  /** What Slack shows of a service, oldest first, threads left out. */
  List<SlackMessage> said(ServiceName service) {
    return cloud.slack().messages().stream()
        .filter(message -> message.threadTs() == null)
        .filter(message -> message.now().text().contains("*" + service + "*"))
        .toList();
  }

  /** The thread under a message, oldest first. */
  List<SlackMessage> thread(SlackMessage message) {
    return cloud.slack().messages().stream()
        .filter(reply -> message.ts().equals(reply.threadTs()))
        .toList();
  }

  @Override
  public void close() {
    builds.close();
    channel.shutdownNow();
    laptop.close();
    cloud.close();
  }
}
