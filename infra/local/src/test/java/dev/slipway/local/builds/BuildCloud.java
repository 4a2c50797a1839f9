package dev.slipway.local.builds;

import com.google.api.gax.longrunning.OperationTimedPollAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloudbuild.v1.Build;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.local.Clients;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.registry.Registry;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Cloud Build with a registry and a bucket, and Google's client pointed at it. */
public final class BuildCloud implements AutoCloseable {

  /** A message as published. */
  public record Message(Map<String, String> attributes, Build build) {
    public Build.Status status() {
      return build.getStatus();
    }
  }

  /** Objects in memory, by BUCKET/OBJECT. */
  public static final class Bucket implements Objects {

    public final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    @Override
    public InputStream open(String bucket, String object, @Nullable Long generation)
        throws IOException {
      byte[] content = objects.get(bucket + "/" + object);
      if (content == null) {
        throw new IOException("no such object: " + bucket + "/" + object);
      }
      return new ByteArrayInputStream(content);
    }

    @Override
    public void write(String bucket, String object, String contentType, byte[] content) {
      objects.put(bucket + "/" + object, content);
    }
  }

  private static final class Push implements ImageStore {
    private final Registry registry;

    Push(Registry registry) {
      this.registry = registry;
    }

    @Override
    public void blob(String digest, Path file) throws IOException {
      registry.putBlob(digest, file);
    }

    @Override
    public String manifest(String image, String mediaType, byte[] manifest) {
      return registry.putManifest(image, mediaType, manifest);
    }
  }

  public final Bucket bucket;
  public final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  public final Endpoints endpoints = Endpoints.free();
  public final Registry registry;
  public final CloudBuildClient client;
  private final State state;
  private final Clients clients;
  private final CloudServer server;

  public BuildCloud(
      Path folder,
      Clock clock,
      Scheduler scheduler,
      Bucket bucket,
      BiFunction<Objects, ImageStore, Engine> engine) {
    this.bucket = bucket;
    state = State.open(folder);
    Operations operations = new Operations(state);
    registry = new Registry(state, clock, operations, endpoints);
    CloudBuilds builds =
        new CloudBuilds(
            new CloudBuilds.Platform(state, clock, scheduler, operations, endpoints),
            engine.apply(bucket, new Push(registry)),
            (attributes, json) -> messages.add(new Message(attributes, parse(json))),
            bucket,
            2);
    server = CloudServer.start(endpoints, List.of(operations, registry, builds));
    clients = Clients.to(endpoints.grpc());
    client = client();
  }

  private static Build parse(byte[] json) {
    try {
      Build.Builder build = Build.newBuilder();
      JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), build);
      return build.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CloudBuildClient client() {
    try {
      CloudBuildSettings.Builder settings =
          CloudBuildSettings.newBuilder()
              .setTransportChannelProvider(clients.transport())
              .setCredentialsProvider(clients.credentials());
      settings
          .createBuildOperationSettings()
          .setPollingAlgorithm(
              OperationTimedPollAlgorithm.create(
                  RetrySettings.newBuilder()
                      .setInitialRetryDelayDuration(Duration.ofMillis(50))
                      .setMaxRetryDelayDuration(Duration.ofMillis(100))
                      .setTotalTimeoutDuration(Duration.ofMinutes(5))
                      .build()));
      return CloudBuildClient.create(settings.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Submits a build and returns its id, without waiting for anything else. */
  public String submit(Build build) {
    try {
      return client
          .createBuildAsync("laptop", build)
          .getMetadata()
          .get()
          .getBuild()
          .getId();
    } catch (Exception e) {
      throw new AssertionError("the build was not taken in", e);
    }
  }

  /** Waits for the message of a build's end. */
  public Build end(String id) throws InterruptedException {
    while (true) {
      Build build = messages.take().build();
      if (build.getId().equals(id) && build.hasFinishTime()) {
        return build;
      }
    }
  }

  @Override
  public void close() {
    client.close();
    clients.close();
    server.close();
    state.close();
  }
}
