package dev.slipway.local.pubsub;

import dev.slipway.local.GoogleEmulator;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The suite against Google's own emulator, where the Cloud SDK has it, to keep it honest. */
final class EmulatorPubSubTest extends PubSubSuite {

  private static GoogleEmulator emulator;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> jar = GoogleEmulator.find(GoogleEmulator.Launch.PUBSUB);
    String reason =
        "Skipped: Google's Pub/Sub emulator is not on this machine"
            + " (gcloud components install pubsub-emulator).";
    if (jar.isEmpty()) {
      System.out.println(reason);
    }
    Assumptions.assumeTrue(jar.isPresent(), reason);
    emulator = GoogleEmulator.start(GoogleEmulator.Launch.PUBSUB, jar.get());
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Override
  String endpoint() {
    return emulator.endpoint();
  }
}
