package dev.slipway.cli;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.cli.environment.Environments;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.cli.whole.Needs;
import dev.slipway.cli.whole.TestCloud;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.chaos.Fault;
import dev.slipway.local.chaos.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PushCommandTest {

  @TempDir static Path state;

  @AutoClose private static LaptopCloud cloud;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    cloud =
        LaptopCloud.start(
            LaptopSetup.config(state, LaptopSetup.LAPTOP_POLICY, Duration.ofHours(1)));
  }

  /** Nothing is released but where a test is about it. */
  @BeforeEach
  void setUp() throws IOException {
    cloud.chaos().add(Rule.of("event:uploads", Fault.DROP));
    write("Cargo.toml", "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"hello\"\nversion = \"0.1.0\"\n");
    write("src/main.rs", "fn main() { println!(\"{:?}\", std::env::var(\"PORT\")); }\n");
  }

  @AfterEach
  void clear() {
    cloud.chaos().clear();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("hello").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private int push(String... args) {
    out.getBuffer().setLength(0);
    String[] all = new String[args.length + 4];
    all[0] = "push";
    all[1] = folder.resolve("hello").toString();
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "--state";
    all[args.length + 3] = state.toString();
    return new Main(new PrintWriter(out), new PrintWriter(err)).run(all);
  }

  private JsonObject answer() {
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  @Test
  void theListNamesEveryFileWithItsSize() {
    assertThat(push("--list")).isZero();

    assertThat(out.toString())
        .contains("   60  Cargo.toml")
        .contains("   55  src/main.rs")
        .contains("3 files, 173 B");
  }

  @Test
  void theListAsJsonSumsUp() {
    assertThat(push("--list", "--json")).isZero();

    long sum = 0;
    for (var file : answer().getAsJsonArray("files")) {
      sum += file.getAsJsonObject().get("bytes").getAsLong();
    }
    assertThat(answer().get("bytes").getAsLong()).isEqualTo(sum).isPositive();
  }

  @Test
  void aDryRunSaysWhatWouldBeReleasedAndUploadsNothing() {
    assertThat(push("--dry-run")).isZero();

    assertThat(out.toString())
        .contains("hello would be a release of hello 0.1.0")
        .contains("nothing was uploaded");
    assertThat(push("--json")).isZero();
    assertThat(answer().get("same").getAsBoolean()).isFalse();
  }

  @Test
  void aDryRunFindsWhatTheEnvironmentWouldRefuse() throws IOException {
    write("Cargo.lock", "this is no lock");

    assertThat(push("--dry-run")).isEqualTo(1);

    assertThat(err.toString()).contains("cannot be released");
  }

  @Test
  void theSameTwiceIsOneUploadAndNamesOneRelease() throws IOException {
    write("src/twice.rs", "");
    assertThat(push("--json")).isZero();
    JsonObject first = answer();

    assertThat(push("--json")).isZero();

    assertThat(answer().get("same").getAsBoolean()).isTrue();
    assertThat(answer().get("releases")).isEqualTo(first.get("releases"));
    assertThat(answer().getAsJsonArray("releases").get(0).getAsString())
        .isEqualTo("hello-" + first.get("key").getAsString());
  }

  @Test
  void whatLooksLikeASecretIsNotUploadedUnlessAllowed() throws IOException {
    write("key.pem", "");

    assertThat(push()).isEqualTo(1);
    assertThat(err.toString()).contains("key.pem").contains("--allow-secrets");
    assertThat(push("--allow-secrets")).isZero();
  }

  @Test
  @Needs(CARGO)
  void aReleaseThatFailsIsWatchedToItsEndAndTheExitCodeTells() throws IOException {
    cloud.chaos().clear();
    write("src/main.rs", "fn main( {\n");

    assertThat(push("--watch")).as(err::toString).isEqualTo(4);

    assertThat(out.toString()).contains("Uploaded gs://uploads/hello.tar.gz").contains("unclosed delimiter");
  }

  @Test
  @Needs(CARGO)
  void whyAReleaseFailedIsSaidOnce() throws IOException {
    cloud.chaos().clear();
    write("src/main.rs", "fn main() { panic!(\"no database\") }\n");

    assertThat(push("--watch")).as(err::toString).isEqualTo(4);

    assertThat(out.toString()).containsOnlyOnce("no database");
  }

  private int plan(String... args) {
    out.getBuffer().setLength(0);
    String[] all = new String[args.length + 4];
    all[0] = "plan";
    all[1] = folder.resolve("hello").toString();
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "--state";
    all[args.length + 3] = state.toString();
    return new Main(new PrintWriter(out), new PrintWriter(err)).run(all);
  }

  @Test
  void aPlanTellsWhatAFirstReleaseWouldDo() throws IOException {
    write("Cargo.toml", "[package]\nname = \"first\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"first\"\nversion = \"0.1.0\"\n");

    assertThat(plan()).as(err::toString).isZero();

    assertThat(out.toString())
        .contains("first: first 0.1.0, program first", "nothing yet", "1. the service is made")
        .contains("traffic: 100% candidate", "gate: smoke test:");
    assertThat(plan("--json")).isZero();
    assertThat(
            JsonParser.parseString(out.toString())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("service")
                .getAsString())
        .isEqualTo("first");
  }

  @Test
  void aPlanTellsWhatItsBuildWillBe() throws IOException {
    assertThat(plan()).as(err::toString).isZero();

    assertThat(out.toString())
        .containsSubsequence(
            "build    package hello, program hello, profile release",
            "base     static, as planned",
            "cache    whether the dependencies are compiled cannot be told here (key ",
            "machine  none that costs money",
            "unasked  Cloud Run was not asked to check it: there is no image yet");
  }

  @Test
  void aTeamsEnvironmentIsAskedThroughItsConsole() throws IOException {
    Path config = folder.resolve("environments.yaml");
    Files.writeString(
        config,
        """
        environments:
          team:
            console: %s
            bucket: uploads
            project: laptop
            identity: none
        """
            .formatted(LaptopSetup.page(cloud.endpoints())));
    Surroundings surroundings =
        new Surroundings(Map.of(Environments.CONFIG, config.toString()), folder, false);

    int exit =
        new Main(new PrintWriter(out), new PrintWriter(err), surroundings)
            .run("plan", folder.resolve("hello").toString(), "--env", "team");

    assertThat(exit).as(err::toString).isZero();
    assertThat(out.toString()).contains("hello: hello 0.1.0, program hello", "base     static");
  }
}
