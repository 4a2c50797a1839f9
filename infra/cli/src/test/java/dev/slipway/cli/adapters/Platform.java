package dev.slipway.cli.adapters;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.run.v2.ExecutionsClient;
import com.google.cloud.run.v2.ExecutionsSettings;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.JobsSettings;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.build.BuildSettings;
import dev.slipway.build.CloudBuilds;
import dev.slipway.build.Registry;
import dev.slipway.build.RegistryCache;
import dev.slipway.build.RegistryImages;
import dev.slipway.build.RegistryVersions;
import dev.slipway.build.StoredBuildLogs;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.CloudResources;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.slack.SlackWorkspace;
import dev.slipway.release.Upload;
import dev.slipway.rollout.CloudRunJobs;
import dev.slipway.rollout.CloudRunRevisions;
import dev.slipway.rollout.CloudRunServices;
import dev.slipway.source.CloudSources;
import dev.slipway.release.Limits;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A laptop cloud without any function, and the functions' adapters to it. */
final class Platform implements AutoCloseable {

  static final String UPLOADS = "uploads";
  static final String TOPIC = "release-events";

  private static final String SOURCES = "sources";

  final Storage storage;
  final ServicesClient services;
  final CloudSources sources;
  final CloudBuilds builds;
  final RegistryImages images;
  final RegistryVersions versions;
  final CloudRunServices run;
  final CloudRunRevisions revisions;
  final CloudRunJobs jobs;
  private final LaptopCloud cloud;
  private final ManagedChannel channel;
  private final RevisionsClient revisionsClient;
  private final CloudBuildClient buildClient;
  private final JobsClient jobsClient;
  private final ExecutionsClient executionsClient;

  Platform(Path folder) throws IOException {
    cloud = LaptopCloud.start(config(folder));
    channel = ManagedChannelBuilder.forTarget(cloud.endpoints().grpc()).usePlaintext().build();
    storage =
        StorageOptions.newBuilder()
            .setProjectId(LaptopCloud.PROJECT)
            .setHost(cloud.endpoints().http())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    NoCredentialsProvider nobody = NoCredentialsProvider.create();
    services =
        ServicesClient.create(
            ServicesSettings.newBuilder()
                .setTransportChannelProvider(transport())
                .setCredentialsProvider(nobody)
                .build());
    revisionsClient =
        RevisionsClient.create(
            RevisionsSettings.newBuilder()
                .setTransportChannelProvider(transport())
                .setCredentialsProvider(nobody)
                .build());
    jobsClient =
        JobsClient.create(
            JobsSettings.newBuilder()
                .setTransportChannelProvider(transport())
                .setCredentialsProvider(nobody)
                .build());
    executionsClient =
        ExecutionsClient.create(
            ExecutionsSettings.newBuilder()
                .setTransportChannelProvider(transport())
                .setCredentialsProvider(nobody)
                .build());
    buildClient =
        CloudBuildClient.create(
            CloudBuildSettings.newBuilder()
                .setTransportChannelProvider(transport())
                .setCredentialsProvider(nobody)
                .build());
    String repository = cloud.endpoints().http().substring("http://".length()) + "/laptop/images";
    Registry registry = new Registry(Optional::empty);
    sources = new CloudSources(storage, SOURCES, Limits.DEFAULT);
    builds =
        new CloudBuilds(
            buildClient,
            new BuildSettings(
                LaptopCloud.PROJECT,
                LaptopCloud.REGION,
                repository,
                SOURCES,
                "",
                Duration.ofMinutes(5),
                new BuildSettings.Machines("", "")),
            new StoredBuildLogs(storage, SOURCES),
            new RegistryCache(registry));
    images = new RegistryImages(registry, repository, LaptopCloud.REGION);
    versions = new RegistryVersions(registry, repository, LaptopCloud.REGION);
    CloudRunServices.Place place =
        new CloudRunServices.Place(LaptopCloud.PROJECT, LaptopCloud.REGION, Optional.empty());
    run = new CloudRunServices(services, revisionsClient, place);
    revisions = new CloudRunRevisions(revisionsClient, place);
    jobs = new CloudRunJobs(jobsClient, executionsClient, place);
  }

  private static CloudConfig config(Path folder) {
    CloudConfig.Time real = CloudConfig.Time.real();
    return new CloudConfig(
        folder,
        new CloudResources(
            List.of(UPLOADS, SOURCES),
            List.of("cloud-builds", "ticks", "dead-letters", TOPIC),
            List.of(),
            "ticks",
            "dead-letters",
            new SlackWorkspace("unused", Set.of(), Set.of())),
        endpoints -> List.of(),
        new CloudConfig.Time(real.clock(), real.scheduler(), Duration.ofDays(1)),
        CloudConfig.Delivery.laptop());
  }

  TransportChannelProvider transport() {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  Upload upload(Path archive, String object) throws IOException {
    long generation =
        storage
            .create(BlobInfo.newBuilder(UPLOADS, object).build(), Files.readAllBytes(archive))
            .getGeneration();
    return new Upload(UPLOADS, object, generation);
  }

  @Override
  public void close() {
    buildClient.close();
    revisionsClient.close();
    jobsClient.close();
    executionsClient.close();
    services.close();
    channel.shutdownNow();
    cloud.close();
  }
}
