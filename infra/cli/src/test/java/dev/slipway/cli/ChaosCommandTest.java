package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.LaptopCloud;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChaosCommandTest {

  @TempDir static Path folder;

  @AutoClose private static LaptopCloud cloud;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    cloud =
        LaptopCloud.start(
            LaptopSetup.config(folder, LaptopSetup.LAPTOP_POLICY, Duration.ofHours(1)));
  }

  @AfterEach
  void clear() {
    cloud.chaos().clear();
  }

  private int chaos(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "chaos";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--state";
    all[args.length + 2] = folder.toString();
    return new Main(new PrintWriter(out), new PrintWriter(err)).run(all);
  }

  private static String id() {
    return cloud.chaos().rules().getFirst().id();
  }

  @Test
  void aRuleIsAddedListedAndTakenBack() {
    assertThat(
            chaos(
                "add",
                "rpc:google.cloud.run.v2.Services/UpdateService",
                "timeout",
                "--for=90s",
                "--times=2"))
        .isZero();
    assertThat(chaos("list")).isZero();

    assertThat(out.toString())
        .contains("Rule " + id() + " is in force.")
        .contains("rpc:google.cloud.run.v2.Services/UpdateService")
        .contains("PT1M30S");
    assertThat(chaos("clear", id())).isZero();
    assertThat(cloud.chaos().rules()).isEmpty();
  }

  @Test
  void rulesAreListedAsJson() {
    chaos("add", "event:builds", "duplicate", "--probability=0.25", "--seed=7");
    out.getBuffer().setLength(0);

    assertThat(chaos("list", "--json")).isZero();

    var rule =
        JsonParser.parseString(out.toString()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(rule.get("where").getAsString()).isEqualTo("event:builds");
    assertThat(rule.get("probability").getAsDouble()).isEqualTo(0.25);
    assertThat(rule.get("seed").getAsLong()).isEqualTo(7);
  }

  @Test
  void aRuleThatCannotBeIsRefusedInWords() {
    assertThat(chaos("add", "event:builds", "timeout")).isEqualTo(1);

    assertThat(err.toString()).contains("event:builds cannot timeout");
  }

  @Test
  void aDurationThatIsNoneIsMisuse() {
    assertThat(chaos("add", "rpc:*", "stall", "--for=long")).isEqualTo(2);

    assertThat(err.toString()).contains("--for is a duration");
  }

  @Test
  void takingBackARuleThatIsNotThereSaysSo() {
    assertThat(chaos("clear", "nine")).isEqualTo(1);

    assertThat(err.toString()).contains("there is no rule nine");
  }

  @Test
  void aCloudThatNobodyWouldStartAgainIsNotRestarted() {
    assertThat(chaos("restart")).isEqualTo(1);

    assertThat(err.toString()).contains("nobody is there to start this cloud again");
  }
}
