package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.Terminal;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopChaos;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.events.Retry;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that failed until they were given up, and what becomes of them. */
@Needs(CARGO)
final class DeadLettersTest {

  private static final Retry IMPATIENT =
      new Retry(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(200));

  @TempDir Path folder;
  @TempDir Path work;

  private static CloudConfig impatient(CloudConfig config) {
    CloudConfig.Delivery usual = config.delivery();
    return new CloudConfig(
        config.folder(),
        config.resources(),
        config.functions(),
        config.time(),
        new CloudConfig.Delivery(IMPATIENT, usual.concurrency(), usual.plan()),
        config.engine(),
        config.ports(),
        config.indexes());
  }

  @Test
  void aCommandThatWasGivenUpIsListedReplayedAndObeyed() throws Exception {
    try (TestCloud cloud =
        TestCloud.start(folder, Duration.ofMillis(200), DeadLettersTest::impatient)) {
      Release live = cloud.released(TestCrate.named("letters"), work);
      LaptopChaos chaos = LaptopChaos.running(folder);
      JsonObject rule = new JsonObject();
      rule.addProperty("where", "function:deploy");
      rule.addProperty("fault", "before");
      chaos.add(rule);

      cloud.command(new Command(Command.Kind.HOLD, live.id(), "ana", "a look at it"));
      JsonObject letter =
          Await.that(() -> "a dead letter; there are " + listed(), () -> listed().isEmpty() ? Optional.empty() : Optional.of(listed().get(0).getAsJsonObject()));

      assertThat(listed()).as("ticks fail as well, and are not kept").hasSize(1);
      assertThat(letter.get("what").getAsString()).isEqualTo("HOLD " + live.id() + " by ana");
      assertThat(letter.get("topic").getAsString()).isEqualTo("commands");
      assertThat(Terminal.of(folder).shows("dead-letters", "list")).contains("HOLD " + live.id());

      chaos.clear();
      String id = letter.get("id").getAsString();
      assertThat(Terminal.of(folder).shows("dead-letters", "replay", id)).contains("published to commands");
      boolean held =
          Await.that(
              () -> "the service to be held",
              () -> held(cloud, live) ? Optional.of(true) : Optional.empty());
      assertThat(held).isTrue();
      assertThat(listed()).isEmpty();
    }
  }

  private static boolean held(TestCloud cloud, Release live) {
    try (Laptop laptop = Laptop.at(cloud.cloud().endpoints())) {
      return laptop.ledger().view(live.id()).service().hold().isPresent();
    }
  }

  private JsonArray listed() {
    return JsonParser.parseString(Terminal.of(folder).shows("dead-letters", "list", "--json"))
        .getAsJsonArray();
  }
}
