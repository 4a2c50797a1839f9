package dev.slipway.local.pubsub;

import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The suite against the laptop cloud. */
final class LaptopPubSubTest extends PubSubSuite {

  @TempDir static Path folder;

  private static State state;
  private static RealScheduler scheduler;
  private static CloudServer server;

  @BeforeAll
  static void start() {
    state = State.open(folder);
    scheduler = new RealScheduler();
    PubSub pubSub = new PubSub(state, Clock.systemUTC(), scheduler, new HttpPushClient());
    server = CloudServer.start(Endpoints.free(), List.of(pubSub));
  }

  @AfterAll
  static void stop() {
    server.close();
    scheduler.close();
    state.close();
  }

  @Override
  String endpoint() {
    return server.endpoints().grpc();
  }
}
