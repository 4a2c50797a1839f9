package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.Terminal;
import dev.slipway.log.Trace;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged of a release, as {@code slipway logs} finds it. */
@Needs(CARGO)
final class LogsTest {

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    cloud = TestCloud.start(folder, Duration.ofMillis(300));
  }

  @Test
  void aServiceThatIsNotThereHasNoLogs() {
    StringWriter said = new StringWriter();

    assertThat(Terminal.of(folder).runs(said, "logs", "nothing")).isEqualTo(1);
    assertThat(said.toString()).contains("There is no service 'nothing'.");
  }

  private static List<JsonObject> logged(String... which) {
    String[] arguments = Arrays.copyOf(which, which.length + 1);
    arguments[which.length] = "--json";
    return JsonParser.parseString(Terminal.of(folder).shows("logs", arguments))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static List<String> all(List<JsonObject> entries, String field) {
    return entries.stream()
        .filter(entry -> entry.has(field))
        .map(entry -> entry.get(field).getAsString())
        .toList();
  }

  @Test
  void aReleaseCanBeReadFromItsUploadToItsMessageUnderOneTrace() {
    Release other = cloud.released(TestCrate.named("bystander"), work);
    Release live = cloud.released(TestCrate.named("logged"), work);
    String id = live.id().toString();
    Await.until(
        "the line of the message",
        () ->
            logged("--release", id).stream()
                .anyMatch(e -> e.get("where").getAsString().equals("functions/notify")));

    List<JsonObject> entries = logged("--release", id);

    String build = "builds/" + cloud.builds(live.id()).getFirst().getId().substring(0, 8);
    assertThat(all(entries, "where"))
        .contains("functions/build", build, "functions/deploy", "functions/notify");
    assertThat(entries).allMatch(entry -> entry.has("trace"));
    assertThat(all(entries, "trace")).containsOnly(Trace.of(live.id()));
    assertThat(all(entries, "release")).containsOnly(id).doesNotContain(other.id().toString());
    assertThat(all(entries, "time").stream().map(Instant::parse).toList()).isSorted();
    assertThat(all(entries, "message"))
        .contains(id + " is received, event 1", id + " is live, event 6", "DONE");
    assertThat(all(logged("logged"), "message")).containsAll(all(entries, "message"));
    assertThat(all(logged(), "release")).contains(other.id().toString(), id);
    assertThat(all(logged(), "message")).noneMatch(message -> message.startsWith("sweep: "));
  }

  @Test
  void onlyTheNewestAreShownALineEach() {
    Release live = cloud.released(TestCrate.named("limited"), work);

    String text = Terminal.of(folder).shows("logs", "--limit", "3", "limited");

    assertThat(text.lines())
        .hasSize(3)
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z  [A-Z-]+ +\\w+/\\S+ +.*"));
    assertThat(text.lines()).allMatch(line -> line.contains(live.id().toString()));
  }

  @Test
  void aReleaseIsFollowedWithItsBuildUntilItIsAtRest() {
    ReleaseId id = cloud.push(TestCrate.named("followed").slowToBuild(2), work);
    cloud.when(id, "its build", release -> release.stage() instanceof Stage.Building);

    String text =
        Terminal.of(folder).shows("logs", "--release", id.toString(), "--follow", "--json");

    List<JsonObject> rows =
        text.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    List<String> messages = all(rows, "message");
    assertThat(messages).containsSubsequence(id + " is received, event 1", "DONE");
    assertThat(messages).contains(id + " is live, event 6");
    assertThat(cloud.get(id).stage()).isInstanceOf(Stage.Live.class);
    List<String> built =
        rows.stream()
            .filter(row -> row.get("where").getAsString().startsWith("builds/"))
            .map(row -> row.get("message").getAsString())
            .toList();
    assertThat(built).as("each line of the build once").isEqualTo(buildLog(id));
    assertThat(messages.stream().filter(m -> m.contains(", event ")).toList())
        .as("and each of the functions")
        .doesNotHaveDuplicates();
  }

  private static List<String> buildLog(ReleaseId id) {
    return logged("--release", id.toString()).stream()
        .filter(row -> row.get("where").getAsString().startsWith("builds/"))
        .map(row -> row.get("message").getAsString())
        .toList();
  }

  @Test
  void onlyWhatIsOfTheTimeAskedAboutIsShown() {
    Release live = cloud.released(TestCrate.named("timed"), work);
    String id = live.id().toString();

    assertThat(all(logged("--release", id, "--since", "10m"), "message"))
        .contains(id + " is received, event 1", "DONE");
    assertThat(logged("--release", id, "--until", "10m")).isEmpty();
    assertThat(logged("--release", id, "--since", "2h", "--until", "1h")).isEmpty();
  }

  @Test
  void aServiceIsFollowedUntilSomebodyStopsIt() throws Exception {
    StringWriter out = new StringWriter();
    int[] code = {-1};
    Thread looking =
        new Thread(
            () -> code[0] = Terminal.of(folder).runs(out, "logs", "-f", "watched"));
    looking.start();

    Release live = cloud.released(TestCrate.named("watched"), work);
    Await.until("its last line", () -> out.toString().contains(live.id() + " is live"));
    looking.interrupt();
    looking.join();

    assertThat(code[0]).as(out.toString()).isZero();
    assertThat(out.toString()).contains("DONE").doesNotContain("xception");
  }
}
