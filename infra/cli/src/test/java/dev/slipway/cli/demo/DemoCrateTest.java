package dev.slipway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.release.Limits;
import dev.slipway.source.SourceArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCrateTest {

  @TempDir Path home;
  @TempDir Path work;

  @BeforeEach
  void setUp() throws IOException {
    Files.createDirectories(crate().resolve("src"));
    Files.writeString(crate().resolve("src/main.rs"), "fn main() {}\n");
    versioned("1.0.0");
  }

  private Path crate() {
    return home.resolve("docs/examples/hello");
  }

  private void versioned(String version) throws IOException {
    Files.writeString(
        crate().resolve("Cargo.toml"),
        """
        [package]
        name = "hello"
        version = "%s"
        edition = "2021"
        [dependencies.bytes]
        version = "1.0.0"
        [features]
        flaky = []
        """
            .formatted(version));
    Files.writeString(
        crate().resolve("Cargo.lock"),
        """
        version = 3

        [[package]]
        name = "bytes"
        version = "1.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "ad1f8e949d755f9d79112b5bb46938e0ef9d3804a0b16dfab13aafcaa5f0fa72"

        [[package]]
        name = "hello"
        version = "%s"
        dependencies = ["bytes"]
        """
            .formatted(version));
  }

  private SourceArchive.Checked.Good checked(Path archive) throws IOException {
    try {
      return (SourceArchive.Checked.Good)
          SourceArchive.check(
              archive, "hello.tar.gz", Files.createTempDirectory(work, ""), Limits.DEFAULT);
    } finally {
      Files.delete(archive);
    }
  }

  @Test
  void whateverVersionTheExampleWasGivenByItsReaderTheDemoHasItsOwn() throws IOException {
    for (String version : List.of("1.0.0", "1.1.0", "2.0.0-rc.1")) {
      versioned(version);

      var good = checked(new DemoCrate(home).pack("1.3.0", List.of("flaky")));

      assertThat(good.crates().getFirst().version()).isEqualTo("1.3.0");
    }
  }

  @Test
  void anExampleThatTheDemoCannotEditSaysWhatToDo() throws IOException {
    Files.writeString(crate().resolve("Cargo.toml"), "[package]\nname = \"hello\"\n");

    assertThatThrownBy(() -> new DemoCrate(home).pack("1.3.0", List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cargo.toml has no such line as 'version = \"1.3.0\"'")
        .hasMessageContaining("take back what was changed in " + crate());
  }
}
