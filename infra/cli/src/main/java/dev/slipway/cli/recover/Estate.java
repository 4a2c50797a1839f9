package dev.slipway.cli.recover;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.ledger.FirestoreLedger;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.server.Endpoints;
import dev.slipway.rollout.CloudRunServices;
import dev.slipway.rollout.Regional;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The ledger and the services of one environment, on the laptop or on Google Cloud. */
public final class Estate implements AutoCloseable {

  private final Firestore firestore;
  private final ServicesClient services;
  private final RevisionsClient revisions;
  private final CloudRunServices.Place place;
  private final Optional<ManagedChannel> channel;

  private Estate(
      Firestore firestore, CloudRunServices.Place place, Optional<ManagedChannel> channel) {
    this.firestore = firestore;
    this.place = place;
    this.channel = channel;
    try {
      services = ServicesClient.create(to(channel, ServicesSettings.newBuilder()).build());
      revisions = RevisionsClient.create(to(channel, RevisionsSettings.newBuilder()).build());
    } catch (IOException e) {
      throw new Failure("Tried to make a Cloud Run client but failed: " + e.getMessage(), e);
    }
  }

  /** The laptop cloud at those addresses. */
  public static Estate laptop(Endpoints endpoints) {
    return new Estate(
        FirestoreOptions.newBuilder()
            .setProjectId(LaptopCloud.PROJECT)
            .setDatabaseId(LaptopSetup.DATABASE)
            .setEmulatorHost(endpoints.grpc())
            .build()
            .getService(),
        new CloudRunServices.Place(LaptopCloud.PROJECT, LaptopCloud.REGION, Optional.empty()),
        Optional.of(ManagedChannelBuilder.forTarget(endpoints.grpc()).usePlaintext().build()));
  }

  /** An environment on Google Cloud, as whoever is logged in there. */
  public static Estate google(CloudRunServices.Place place, String database) {
    return new Estate(
        FirestoreOptions.newBuilder()
            .setProjectId(place.project())
            .setDatabaseId(database)
            .build()
            .getService(),
        place,
        Optional.empty());
  }

  private static <B extends ClientSettings.Builder<?, B>> B to(
      Optional<ManagedChannel> channel, B builder) {
    channel.ifPresent(
        c -> {
          CredentialsProvider nobody = NoCredentialsProvider.create();
          builder
              .setTransportChannelProvider(
                  FixedTransportChannelProvider.create(GrpcTransportChannel.create(c)))
              .setCredentialsProvider(nobody);
        });
    return builder;
  }

  public LedgerCopy copy() {
    return new LedgerCopy(firestore);
  }

  public FirestoreLedger ledger() {
    return new FirestoreLedger(firestore);
  }

  /** The services of each region; one that is made elsewhere is made like that of the first. */
  public Regional services() {
    return region ->
        new CloudRunServices(
            services,
            revisions,
            in(region.orElse(place.region())),
            region.filter(name -> !name.equals(place.region())).map(name -> place),
            Map.of());
  }

  private CloudRunServices.Place in(String region) {
    return new CloudRunServices.Place(place.project(), region, place.serviceAccount());
  }

  @Override
  public void close() {
    services.close();
    revisions.close();
    channel.ifPresent(ManagedChannel::shutdownNow);
    try {
      firestore.close();
    } catch (Exception e) {
      throw new Failure("Tried to close the Firestore client but failed: " + e.getMessage(), e);
    }
  }
}
