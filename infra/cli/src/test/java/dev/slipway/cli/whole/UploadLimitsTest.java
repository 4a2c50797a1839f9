package dev.slipway.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Terminal;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large an upload may be the environment says, and the command line says the same. */
final class UploadLimitsTest {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  private final StringWriter said = new StringWriter();

  @BeforeEach
  void pack() throws IOException {
    write("Cargo.toml", "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"hello\"\nversion = \"0.1.0\"\n");
    write("src/main.rs", "fn main() { println!(\"{:?}\", std::env::var(\"PORT\")); }\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("hello").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private int slipway(String command, String... options) {
    said.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(folder.resolve("hello").toString()));
    all.addAll(List.of(options));
    return Terminal.of(folder).runs(said, command, all.toArray(String[]::new));
  }

  @Test
  void whatALoweredLimitRefusesTheCommandLineRefusesToo() throws Exception {
    try (TestCloud cloud = TestCloud.ruled(folder, "uploads: {entries: 3}")) {
      for (List<String> asked : List.of(List.of("plan"), List.of("push", "--dry-run"))) {
        assertThat(slipway(asked.getFirst(), asked.subList(1, asked.size()).toArray(String[]::new)))
            .as(said::toString)
            .isEqualTo(1);
        assertThat(said.toString()).contains("more than 3 files and folders");
      }
      assertThat(slipway("push")).isEqualTo(1);
      assertThat(cloud.cloud().endpoints().http()).isNotEmpty();
    }
  }

  @Test
  void whatARaisedLimitTakesTheCommandLineTakesToo() throws Exception {
    write("table.txt", "0123456789abcdef".repeat(33 * MEBIBYTE / 16));

    try (TestCloud cloud = TestCloud.ruled(folder, "uploads: {file: 40MiB, ratio: 1000}")) {
      assertThat(slipway("plan")).as(said::toString).isZero();
      assertThat(slipway("push", "--dry-run")).as(said::toString).isZero();
      assertThat(cloud.cloud().endpoints().http()).isNotEmpty();
    }
  }

  @Test
  void withoutAnEnvironmentADryRunSaysByWhichLimitsItChecked() throws IOException {
    assertThat(slipway("push", "--dry-run")).as(said::toString).isZero();
    assertThat(said.toString()).contains("whose policy names no others");

    write("table.txt", "x".repeat(33 * MEBIBYTE));

    assertThat(slipway("push", "--dry-run")).isEqualTo(1);
  }
}
