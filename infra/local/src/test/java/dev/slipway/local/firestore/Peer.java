package dev.slipway.local.firestore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The servers the same cases run against; each is started once, by the first case. */
final class Peer {

  static final Peer LAPTOP = new Peer(Peer::startLaptop);
  static final Peer EMULATOR = new Peer(Peer::startEmulator);

  private final Supplier<String> start;
  private @Nullable String endpoint;

  private Peer(Supplier<String> start) {
    this.start = start;
  }

  /** Where it listens, as {@code host:port}. */
  synchronized String endpoint() {
    String known = endpoint;
    if (known == null) {
      known = start.get();
      endpoint = known;
    }
    return known;
  }

  private static String startLaptop() {
    State state = State.inMemory(Path.of(System.getProperty("java.io.tmpdir")));
    var firestore = new Firestore(state, Clock.systemUTC(), new RealScheduler());
    return CloudServer.start(Endpoints.free(), List.of(firestore)).endpoints().grpc();
  }

  private static String startEmulator() {
    Optional<Path> jar = Emulator.jar();
    if (jar.isEmpty()) {
      String why = "Google's Firestore emulator is not on this machine: its peer cases are skipped.";
      System.out.println(why);
      assumeTrue(false, why);
    }
    try {
      return Emulator.start(jar.orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
