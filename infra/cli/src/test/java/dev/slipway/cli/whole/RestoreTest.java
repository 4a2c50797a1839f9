package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.run.v2.ServiceName;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.cli.recover.Estate;
import dev.slipway.cli.recover.Restoration;
import dev.slipway.ledger.Recorded;
import dev.slipway.local.LaptopCloud;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All services and the whole ledger are lost; a file and the images are left. */
@Needs(CARGO)
final class RestoreTest {

  @TempDir Path folder;
  @TempDir Path work;

  @Test
  void whatWasLiveServesAgainFromTheLedgerAlone() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder, Duration.ofMillis(300));
        Estate estate = Estate.laptop(cloud.cloud().endpoints())) {
      Release first = cloud.released(TestCrate.named("phoenix"), work);
      Release second = cloud.released(TestCrate.named("phoenix").version("2.0.0"), work);
      List<Recorded> events = estate.ledger().events(second.id());
      Path copy = work.resolve("ledger.jsonl");
      long documents = estate.copy().export(copy);

      lose(cloud, second.id());
      assertThat(estate.ledger().services()).isEmpty();
      assertThat(estate.copy().restore(copy)).isEqualTo(documents);
      List<Restoration.Result> results = restore(estate);

      assertThat(results).singleElement().matches(Restoration.Result::serves);
      assertThat(cloud.answer(second.id())).isEqualTo("Hello from version 2.0.0!");
      assertThat(cloud.get(second.id())).isEqualTo(second);
      assertThat(cloud.get(first.id()).stage()).isEqualTo(new Stage.Replaced(second.id()));
      assertThat(estate.ledger().events(second.id())).isEqualTo(events);
      assertThat(restore(estate)).singleElement().extracting(Restoration.Result::did).isEqualTo("serves " + second.id());

      Release third = cloud.released(TestCrate.named("phoenix").version("3.0.0"), work);
      assertThat(third.stage()).isInstanceOf(Stage.Live.class);
      assertThat(cloud.answer(third.id())).isEqualTo("Hello from version 3.0.0!");
    }
  }

  @Test
  void aLedgerThatIsThereIsNotOverwritten() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder, Duration.ofMillis(300));
        Estate estate = Estate.laptop(cloud.cloud().endpoints())) {
      cloud.released(TestCrate.named("phoenix"), work);
      Path copy = work.resolve("ledger.jsonl");
      estate.copy().export(copy);

      assertThat(Files.readAllLines(copy)).isNotEmpty();
      assertThatThrownBy(() -> estate.copy().restore(copy))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("empty one");
    }
  }

  private static List<Restoration.Result> restore(Estate estate) {
    return new Restoration(estate.ledger(), estate.services(), RestoreTest::pause).restore();
  }

  private static void pause() {
    try {
      boolean over = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
      assertThat(over).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Deletes the service and every document; images stay. */
  private static void lose(TestCloud cloud, ReleaseId id) throws Exception {
    String grpc = cloud.cloud().endpoints().grpc();
    ManagedChannel channel = ManagedChannelBuilder.forTarget(grpc).usePlaintext().build();
    try (ServicesClient services =
        ServicesClient.create(
            ServicesSettings.newBuilder()
                .setTransportChannelProvider(
                    FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build())) {
      services
          .deleteServiceAsync(
              ServiceName.of(LaptopCloud.PROJECT, LaptopCloud.REGION, id.service().value()))
          .get();
    } finally {
      channel.shutdownNow();
    }
    Firestore firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(LaptopCloud.PROJECT)
            .setDatabaseId(LaptopSetup.DATABASE)
            .setEmulatorHost(grpc)
            .build()
            .getService();
    try {
      for (var document : firestore.collectionGroup("events").get().get()) {
        document.getReference().delete().get();
      }
      for (var collection : firestore.listCollections()) {
        for (var document : collection.get().get()) {
          document.getReference().delete().get();
        }
      }
    } finally {
      firestore.close();
    }
  }
}
