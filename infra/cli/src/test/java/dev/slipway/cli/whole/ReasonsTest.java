package dev.slipway.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Terminal;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the policy wants to know why, the command line asks. */
final class ReasonsTest {

  @TempDir Path folder;

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
}
