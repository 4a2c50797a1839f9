package dev.slipway.cli;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.cli.whole.Needs;
import dev.slipway.cli.whole.TestCloud;
import dev.slipway.cli.whole.TestCrate;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a laptop cloud, by the console's API, with two releases of one crate. */
@Needs(CARGO)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LaptopCommandsTest {

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;
  private static ReleaseId first;
  private static ReleaseId second;

  @BeforeAll
  static void start() throws Exception {
    cloud =
        TestCloud.gated(
            folder.resolve("state"),
            Duration.ofSeconds(2),
            "{window: 1s, lag: 0s, minRequests: 5, syntheticRequests: 10}");
    first = cloud.released(TestCrate.named("greet"), folder).id();
    second = first;
  }

  private record Run(int exit, String out, String err) {}

  private static Run slipway(String... args) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--state";
    all[args.length + 1] = folder.resolve("state").toString();
    int exit = new Main(new PrintWriter(out), new PrintWriter(err)).run(all);
    keep("$ slipway " + String.join(" ", args) + "\n" + out + err + "[" + exit + "]\n\n");
    return new Run(exit, out.toString(), err.toString());
  }

  /** What docs/cli.md quotes. */
  private static void keep(String text) throws Exception {
    String file = System.getProperty("slipway.examples", "");
    if (!file.isEmpty()) {
      Path path = Path.of(file);
      Files.writeString(path, (Files.exists(path) ? Files.readString(path) : "") + text);
    }
  }

  @Test
  @Order(1)
  void aReleaseIsWatchedToItsEnd() throws Exception {
    second = cloud.push(TestCrate.named("greet").version("1.1.0"), folder);
    cloud.when(second, "its build", release -> true);

    Run watch = slipway("watch", second.toString());

    assertThat(watch.exit()).isEqualTo(Exit.DONE);
    assertThat(watch.out())
        .containsSubsequence(
            "Received greet.tar.gz", "submitted", "Built", "10 %", "50 %", "All the traffic",
            second + " is live.");
  }

  @Test
  @Order(2)
  void whatIsLiveIsShown() throws Exception {
    assertThat(slipway("status").out())
        .contains("greet", second.toString(), "100% " + second, "http://");
    assertThat(slipway("releases", "greet").out())
        .containsSubsequence(second.toString(), "live", first.toString(), "replaced");
    assertThat(slipway("release", "greet").out())
        .contains(second + " is live", "greet 1.1.0", "you can", "rollback");
    assertThat(slipway("env", "show").out()).contains("you@laptop", "approver");
  }

  @Test
  @Order(3)
  void explainingTellsEveryEventInOrderWithTheGatesValues() throws Exception {
    Run explain = slipway("explain", second.key().substring(0, 6));

    assertThat(explain.out())
        .containsSubsequence(
            "Received", "because the archive passed",
            "Rollout of revision", "it is compared with " + first,
            "10 % of the traffic", "because the smoke test passed",
            "50 % of the traffic", "because the gate found it healthy",
            "MEASURE", "ACTUAL", "AT MOST", "SAMPLES", "error rate", "healthy");
    JsonArray json =
        JsonParser.parseString(slipway("explain", second.toString(), "--json").out())
            .getAsJsonArray();
    for (int i = 0; i < json.size(); i++) {
      assertThat(json.get(i).getAsJsonObject().get("sequence").getAsInt()).isEqualTo(i + 1);
    }
  }

  @Test
  @Order(3)
  void aPlanIsMadeAgainstWhatServesAndCloudRunChecksIt() throws Exception {
    TestCrate next = TestCrate.named("greet").version("1.2.0");
    Path archive = next.packed(Files.createDirectories(folder.resolve("plan")));

    Run plan = slipway("plan", archive.toString());

    assertThat(plan.exit()).as(plan.err()).isEqualTo(Exit.DONE);
    assertThat(plan.out())
        .containsSubsequence(
            "live     " + second, "traffic  100% " + second, "takes    about ",
            "1. the candidate is deployed beside", "step to 10%", "step to 50%",
            "the candidate has all the traffic")
        .doesNotContain("unasked", "refused");
    assertThat(slipway("releases", "greet").out()).as("nothing came of it").doesNotContain("1.2.0");
  }

  @Test
  @Order(4)
  void sizesAreShownByServiceAndByRelease() throws Exception {
    assertThat(slipway("sizes").out()).contains("greet", "TREND");
    assertThat(slipway("sizes", "greet").out())
        .containsSubsequence(second.toString(), "█", first.toString());
  }

  @Test
  @Order(5)
  void aCommandThatMeansNothingNowIsRefusedWithItsReason() throws Exception {
    Run pause = slipway("pause", "greet", "--reason", "look first");

    assertThat(pause.exit()).isEqualTo(Exit.REFUSED);
    assertThat(pause.err())
        .contains("only a canary can be paused; it is live", "You can ask of it:", "rollback");
  }

  @Test
  @Order(6)
  void aServiceIsHeldAndHeldNoLonger() throws Exception {
    assertThat(slipway("hold", "greet", "--reason", "a holiday").out())
        .contains("The service is held: a holiday", "you@laptop");
    assertThat(slipway("status").out()).contains("greet is held");
    assertThat(slipway("unhold", "greet").exit()).isEqualTo(Exit.DONE);
    assertThat(slipway("status").out()).doesNotContain("is held");
  }

  @Test
  @Order(7)
  void aReleaseIsRolledBackAndTheWatcherLearnsThatItEndedBadly() throws Exception {
    Run rollback = slipway("rollback", "greet", "--reason", "too slow", "--json");

    JsonObject answer = JsonParser.parseString(rollback.out()).getAsJsonObject();
    assertThat(answer.get("kind").getAsString()).isEqualTo("ROLLBACK");
    assertThat(answer.get("done").getAsBoolean()).isTrue();
    Run watch = slipway("watch", second.toString(), "--timeout", "60s");
    assertThat(watch.exit()).isEqualTo(Exit.ENDED_BADLY);
    assertThat(watch.out()).contains("rolled back", "too slow");
    assertThat(cloud.settled(second).stage()).isInstanceOf(Stage.RolledBack.class);
  }

  @Test
  @Order(8)
  void whoDoesNotWaitLongEnoughIsToldSo() throws Exception {
    ReleaseId third = cloud.push(TestCrate.named("greet").version("1.2.0"), folder);
    cloud.when(third, "its begin", release -> true);

    Run watch = slipway("watch", third.toString(), "--timeout", "0s");

    assertThat(watch.exit()).isEqualTo(Exit.OUT_OF_TIME);
    assertThat(watch.err()).contains("had not come to rest in time");
    assertThat(slipway("cancel", third.toString(), "--reason", "a mistake").exit())
        .isEqualTo(Exit.DONE);
  }

  @Test
  @Order(9)
  void whoLooksOnSeesWhatTheBuildSaysJustNow() {
    ReleaseId slow = cloud.push(TestCrate.named("slow").slowToBuild(4), folder);
    cloud.when(slow, "its build", release -> release.stage() instanceof Stage.Building);
    StringWriter err = new StringWriter();
    Surroundings terminal = new Surroundings(Map.of("COLUMNS", "200"), folder, true);

    int exit =
        new Main(new PrintWriter(new StringWriter()), new PrintWriter(err), terminal)
            .run("watch", slow.toString(), "--state", folder.resolve("state").toString());

    assertThat(exit).isEqualTo(Exit.DONE);
    assertThat(err.toString()).containsPattern("building for \\d+ s: .*Compiling slow v");
  }
}
