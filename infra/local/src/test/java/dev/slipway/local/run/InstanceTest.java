package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.TCPSocketAction;
import dev.slipway.local.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an instance, in virtual time, with sockets of this process as its processes. */
final class InstanceTest {

  private static final Duration IDLE = Duration.ofMinutes(15);

  @TempDir Path folder;
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<Sockets> started = new ArrayList<>();
  private final List<Instance.Lease> admitted = new ArrayList<>();
  private int refused;
  private boolean deaf;
  private Instance instance;

  @BeforeEach
  void make() {
    FolderImages images = new FolderImages(folder.resolve("registry"));
    String image = images.push("any", Map.of("Entrypoint", List.of("/app")), List.of());
    StartupWatch.Timing timing = new StartupWatch.Timing(time, time);
    RunSettings settings = RunSettings.defaults();
    Startup startup =
        new Startup(
            new ImageStore(images, folder.resolve("images")),
            version -> Optional.empty(),
            launch -> new Sockets(launch.port()),
            new RevisionLogs(folder.resolve("logs"), time, 1 << 20),
            settings,
            timing);
    Revision revision =
        Revision.newBuilder()
            .setName("projects/p/locations/l/services/s/revisions/s-a")
            .setMaxInstanceRequestConcurrency(2)
            .addContainers(
                Container.newBuilder()
                    .setImage(image)
                    .setStartupProbe(
                        Probe.newBuilder()
                            .setTimeoutSeconds(240)
                            .setPeriodSeconds(240)
                            .setFailureThreshold(1)
                            .setTcpSocket(TCPSocketAction.getDefaultInstance())))
            .build();
    instance = new Instance(revision, startup, settings, timing);
  }

  @AfterEach
  void closeSockets() {
    started.forEach(Sockets::kill);
  }

  private void request() {
    instance.admit(
        new Instance.Waiter() {
          @Override
          public boolean gone() {
            return false;
          }

          @Override
          public void admitted(Instance.Lease lease) {
            admitted.add(lease);
          }

          @Override
          public void refused() {
            refused++;
          }
        });
  }

  @Test
  void aRequestStartsItAndIdlenessStopsIt() {
    request();
    time.advance(Duration.ofSeconds(1));
    assertThat(admitted).hasSize(1);

    time.advance(IDLE.multipliedBy(2));
    assertThat(started.getFirst().terminated).as("while a request is held").isFalse();

    admitted.getFirst().release();
    time.advance(IDLE.minusSeconds(1));
    assertThat(started.getFirst().terminated).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(started.getFirst().terminated).isTrue();
  }

  @Test
  void requestsOverTheConcurrencyWaitForRoom() {
    request();
    request();
    request();
    time.advance(Duration.ofSeconds(1));
    assertThat(admitted).hasSize(2);

    admitted.getFirst().release();
    admitted.getFirst().release();

    assertThat(admitted).hasSize(3);
    assertThat(started).hasSize(1);
  }

  @Test
  void aRequestThatComesWhileAProcessStopsIsServedByTheNext() {
    request();
    time.advance(Duration.ofSeconds(1));
    admitted.getFirst().release();
    deaf = true;
    time.advance(IDLE);
    assertThat(started.getFirst().terminated).isTrue();

    request();
    time.advance(Duration.ofSeconds(1));

    assertThat(started).hasSize(2);
    assertThat(admitted.getLast().port()).isEqualTo(started.getLast().port);
  }

  @Test
  void aProcessDeafToSigtermIsKilledAfterTheGrace() {
    deaf = true;
    request();
    time.advance(Duration.ofSeconds(1));
    admitted.getFirst().release();
    time.advance(IDLE);
    assertThat(started.getFirst().exit.isDone()).isFalse();

    time.advance(Duration.ofSeconds(10));

    assertThat(started.getFirst().exit.isDone()).isTrue();
  }

  @Test
  void aPinnedInstanceIsNeverIdleAndIsStartedAgainWhenItEnds() {
    instance.pin(true);
    time.advance(IDLE.multipliedBy(3));
    assertThat(started).hasSize(1);

    started.getFirst().kill();
    time.advance(Duration.ofSeconds(2));

    assertThat(started).hasSize(2);
  }

  @Test
  void aRetiredInstanceAnswersWhatItHasAndRefusesTheRest() {
    request();
    time.advance(Duration.ofSeconds(1));

    instance.retire();
    request();
    time.advance(Duration.ofSeconds(1));
    assertThat(refused).isEqualTo(1);
    assertThat(started.getFirst().terminated).isFalse();

    admitted.getFirst().release();
    time.advance(Duration.ofSeconds(1));
    assertThat(started.getFirst().terminated).isTrue();
  }

  /** A process that listens from its beginning. */
  private final class Sockets implements Launcher.Running {

    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final int port;
    private final ServerSocket socket;
    private boolean terminated;

    Sockets(int port) {
      this.port = port;
      try {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      started.add(this);
    }

    @Override
    public CompletableFuture<Integer> exit() {
      return exit;
    }

    @Override
    public void terminate() {
      terminated = true;
      if (!deaf) {
        kill();
      }
    }

    @Override
    public void kill() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      exit.complete(143);
    }

    @Override
    public List<Launcher.Listening> listening() {
      return List.of();
    }
  }
}
