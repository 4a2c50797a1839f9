package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Terminal;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ServiceName;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the policy wants to know why, the command line asks. */
final class ReasonsTest {

  @TempDir Path folder;
  @TempDir Path work;

  private final StringWriter said = new StringWriter();

  private int slipway(String command, String... arguments) {
    return Terminal.of(folder).runs(said, command, arguments);
  }

  @Test
  void aCommandThatThePolicyWantsAReasonForIsMisusedWithoutOne() throws Exception {
    try (TestCloud cloud = TestCloud.ruled(folder, "{people: {reasons: [rollback, hold]}}")) {
      assertThat(slipway("rollback", "shop")).isEqualTo(2);
      assertThat(said.toString())
          .contains("The policy of laptop wants to know why (people.reasons)", "--reason TEXT");
      assertThat(slipway("hold", "shop", "--reason", " ")).isEqualTo(2);
      assertThat(slipway("override", "shop")).isEqualTo(2);

      assertThat(slipway("rollback", "shop", "-m", "slow")).as("there is no shop").isEqualTo(1);
      assertThat(slipway("pause", "shop")).as("the policy does not ask").isEqualTo(1);
      assertThat(cloud.cloud().endpoints().http()).isNotEmpty();
    }
  }

  @Test
  @Needs(CARGO)
  void aCommandPublishedWithoutTheReasonThePolicyWantsIsRefusedAndTheReleaseSaysSo()
      throws Exception {
    try (TestCloud cloud =
        TestCloud.ruled(folder, "{gate: {enabled: false}, people: {reasons: [hold]}}")) {
      Release live = cloud.released(TestCrate.named("shop"), work);

      cloud.command(new Command(Command.Kind.HOLD, live.id(), "ana", " "));
      ReleaseEvent.CommandRefused refused =
          Await.that(() -> "a refusal", () -> refusal(cloud.events(live.id())));

      assertThat(refused.kind()).isEqualTo(Command.Kind.HOLD);
      assertThat(refused.by()).isEqualTo("ana");
      assertThat(refused.why()).contains("people.reasons");
      Await.until("Slack to hear of it", () -> told(cloud, "not done, Hold"));
      assertThat(slipway("status", "--json")).isZero();
      assertThat(said.toString()).as("the service").doesNotContain("\"hold\"");

      cloud.command(new Command(Command.Kind.HOLD, live.id(), "ana", "the feast"));
      Await.until(
          "the hold", () -> cloud.events(live.id()).getLast() instanceof ReleaseEvent.HoldPlaced);
    }
  }

  private static Optional<ReleaseEvent.CommandRefused> refusal(List<ReleaseEvent> events) {
    return events.getLast() instanceof ReleaseEvent.CommandRefused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private static boolean told(TestCloud cloud, String text) {
    return cloud.said(new ServiceName("shop")).stream()
        .flatMap(message -> cloud.thread(message).stream())
        .anyMatch(reply -> reply.now().text().contains(text));
  }
}
