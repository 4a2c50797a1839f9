package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.server.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int slipway(String... args) {
    return new Main(new PrintWriter(out), new PrintWriter(err)).run(args);
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(slipway("--help")).isZero();

    assertThat(out.toString()).contains("demo", "up", "push", "status", "releases", "logs", "chaos", "simulate", "doctor", "env", "export", "restore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "up", "push", "status", "releases", "logs", "chaos", "simulate", "doctor", "env", "export", "restore"})
  void everyCommandsHelpFitsEightyColumns(String command) {
    assertThat(slipway(command, "--help")).isZero();

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void noCommandIsMisuse() {
    assertThat(slipway()).isEqualTo(2);

    assertThat(err.toString()).contains("Which command?");
  }

  @Test
  void anUnknownOptionIsMisuseWithASuggestion() {
    assertThat(slipway("releases", "--limt", "3")).isEqualTo(2);

    assertThat(err.toString()).contains("--limt").contains("--limit");
  }

  @Test
  void whatIsMisusedIsSaidInFewLines() {
    for (List<String> line :
        List.of(List.of("push", "nowhere"), List.of("push", "--frob"), List.of("relases"))) {
      err.getBuffer().setLength(0);

      assertThat(slipway(line.toArray(String[]::new))).isEqualTo(2);

      assertThat(err.toString().lines()).hasSizeLessThan(4).last().asString().contains("--help");
    }
    assertThat(err.toString())
        .startsWith("slipway: There is no command 'slipway relases'.")
        .contains("slipway releases");
  }

  @Test
  void whatResemblesNothingIsAnsweredWithoutASuggestion() {
    for (String word : List.of("version", "frobnicate")) {
      assertThat(slipway(word)).isEqualTo(2);
    }

    assertThat(err.toString()).contains("no command 'slipway version'").doesNotContain("mean");
  }

  @Test
  void anArgumentTooManyIsNamed() {
    assertThat(slipway("explain", "hello", "twice")).isEqualTo(2);

    assertThat(err.toString()).startsWith("slipway: 'twice' is one argument too many.");
  }

  @Test
  void aStateFolderThatIsAFileIsCalledOne() throws Exception {
    Path file = Files.createFile(folder.resolve("state"));

    assertThat(slipway("up", "--state", file.toString())).isEqualTo(1);

    assertThat(err.toString()).contains(file + " but it is a file. Name another with --state.");
  }

  @Test
  void aLimitOutOfBoundsIsMisuse() {
    assertThat(slipway("releases", "--limit", "0")).isEqualTo(2);

    assertThat(err.toString()).contains("1 to 1000");
  }

  @Test
  void aFileThatIsNotThereIsMisuse() {
    assertThat(slipway("push", folder.resolve("missing").toString())).isEqualTo(2);

    assertThat(err.toString()).contains("There is no file or folder");
  }

  @Test
  void withoutARunningCloudACommandSaysHowToStartOne() {
    assertThat(slipway("releases", "--state", folder.toString())).isEqualTo(1);

    assertThat(err.toString()).contains("No laptop cloud is running", "'slipway up --state " + folder);
  }

  @Test
  void portsThatAreNoneAreMisuse() {
    for (String ports : List.of("20080", "20080,20080", "0,20080", "20080,70000", "a,b")) {
      assertThat(slipway("up", "--state", folder.toString(), "--ports", ports)).isEqualTo(2);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String ports = taken.getLocalPort() + "," + Ports.free();

      assertThat(slipway("up", "--state", folder.toString(), "--ports", ports)).isEqualTo(1);

      assertThat(err.toString())
          .contains("127.0.0.1:" + taken.getLocalPort())
          .contains("the port is taken");
    }
  }

  @Test
  void aDamagedStateFolderIsNamedAndLeftAlone() throws Exception {
    byte[] damaged = "no store of ours, whatever it is, and of some length".getBytes(UTF_8);
    Files.write(folder.resolve("state.mv"), damaged);

    assertThat(slipway("up", "--state", folder.toString())).isEqualTo(1);

    assertThat(err.toString()).contains("damaged").contains("Nothing was changed");
    assertThat(Files.readAllBytes(folder.resolve("state.mv"))).isEqualTo(damaged);
  }

  @Test
  void teamsFilesAreCheckedAndJudgedInJsonToo() throws Exception {
    Path wrong = Files.writeString(folder.resolve("team.yaml"), "teem: x\n");

    assertThat(slipway("env", "check", wrong.toString(), "--json")).isEqualTo(1);
    JsonObject checked = JsonParser.parseString(out.toString()).getAsJsonObject();
    out.getBuffer().setLength(0);
    String root = System.getProperty("slipway.root", "../..");
    assertThat(slipway("env", "audit", "--root", root, "--json")).isZero();

    assertThat(checked.get("checked").getAsInt()).isOne();
    assertThat(checked.getAsJsonArray("problems")).isNotEmpty();
    assertThat(JsonParser.parseString(out.toString()).getAsJsonArray())
        .isNotEmpty()
        .allMatch(check -> check.getAsJsonObject().get("ok").getAsBoolean());
  }
}
