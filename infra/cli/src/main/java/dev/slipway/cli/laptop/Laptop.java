package dev.slipway.cli.laptop;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceName;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.DeployFunction;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.server.Endpoints;
import dev.slipway.notify.FirestoreNotices;
import dev.slipway.release.Command;
import dev.slipway.release.Upload;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;

/** A laptop cloud, reached as anyone reaches it: through Google's clients. */
public final class Laptop implements AutoCloseable {


  private final Storage storage;
  private final Firestore firestore;
  private final ManagedChannel channel;
  private final ServicesClient services;

  private Laptop(Endpoints endpoints) {
    storage =
        StorageOptions.newBuilder()
            .setProjectId(LaptopCloud.PROJECT)
            .setHost(endpoints.http())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(LaptopCloud.PROJECT)
            .setDatabaseId(LaptopSetup.DATABASE)
            .setEmulatorHost(endpoints.grpc())
            .build()
            .getService();
    channel = ManagedChannelBuilder.forTarget(endpoints.grpc()).usePlaintext().build();
    services = services(channel);
  }

  private static ServicesClient services(ManagedChannel channel) {
    try {
      return ServicesClient.create(
          ServicesSettings.newBuilder()
              .setTransportChannelProvider(
                  FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
              .setCredentialsProvider(NoCredentialsProvider.create())
              .build());
    } catch (IOException e) {
      throw new Failure("Tried to make a Cloud Run client but failed: " + e.getMessage(), e);
    }
  }

  public static Laptop at(Endpoints endpoints) {
    return new Laptop(endpoints);
  }

  /**
   * The cloud that is running with its state in {@code folder}.
   *
   * @throws Failure when none is
   */
  public static Laptop running(Path folder) {
    return at(whereRunning(folder));
  }

  /** Where the cloud listens that is running with its state in {@code folder}. */
  public static Endpoints whereRunning(Path folder) {
    return LaptopCloud.endpointsOf(folder)
        .filter(Laptop::answers)
        .orElseThrow(
            () ->
                new Failure(
                    ("No laptop cloud is running with its state in %s. Start one with '%s',"
                            + " or name another folder with --state.")
                        .formatted(folder, up(folder))));
  }

  /** The command that starts a cloud with its state in {@code folder}. */
  public static String up(Path folder) {
    return "slipway up" + option(folder);
  }

  /** What names {@code folder} to a command; nothing where it is meant without. */
  public static String option(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    boolean usual = whole.equals(Path.of(".slipway").toAbsolutePath().normalize());
    return usual ? "" : " --state " + (whole.toString().contains(" ") ? "'" + whole + "'" : whole);
  }

  /** Whether a cloud is running with its state in {@code folder}. */
  public static boolean isRunning(Path folder) {
    return LaptopCloud.endpointsOf(folder).filter(Laptop::answers).isPresent();
  }

  private static boolean answers(Endpoints endpoints) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoints.httpPort()), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public FirestoreLedger ledger() {
    return new FirestoreLedger(firestore);
  }

  public FirestoreNotices notices() {
    return new FirestoreNotices(firestore);
  }

  /** Uploads a file, resumably, and says what became of it. */
  public Upload upload(Path file, String object) {
    try {
      Blob blob =
          storage.createFrom(BlobInfo.newBuilder(LaptopSetup.UPLOADS, object).build(), file);
      return new Upload(LaptopSetup.UPLOADS, object, blob.getGeneration());
    } catch (IOException e) {
      throw new Failure(
          "Tried to upload %s but failed: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Asks something of a release, as whoever may publish to the topic of commands can. */
  public void command(Command command) {
    try {
      Publisher publisher =
          Publisher.newBuilder(TopicName.of(LaptopCloud.PROJECT, DeployFunction.COMMAND_TOPIC))
              .setChannelProvider(
                  FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
              .setCredentialsProvider(NoCredentialsProvider.create())
              .build();
      try {
        ByteString json = ByteString.copyFromUtf8(Json.write(command, Command.class));
        var unused = Answers.of(publisher.publish(PubsubMessage.newBuilder().setData(json).build()));
      } finally {
        publisher.shutdown();
      }
    } catch (IOException e) {
      throw new Failure("Tried to publish a command but failed: " + e.getMessage(), e);
    }
  }

  /** The service as Cloud Run has it. */
  public Optional<Service> service(String name) {
    try {
      return Optional.of(
          services.getService(ServiceName.of(LaptopCloud.PROJECT, LaptopCloud.REGION, name)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** A client of what is logged; whoever asks closes it. */
  public LoggingClient logging() throws IOException {
    return LoggingClient.create(
        LoggingSettings.newBuilder()
            .setTransportChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }

  @Override
  public void close() {
    services.close();
    channel.shutdownNow();
    try {
      firestore.close();
    } catch (Exception e) {
      throw new Failure("Tried to close the Firestore client but failed: " + e.getMessage(), e);
    }
  }
}
