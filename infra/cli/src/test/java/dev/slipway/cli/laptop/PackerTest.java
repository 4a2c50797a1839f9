package dev.slipway.cli.laptop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackerTest {

  @TempDir Path folder;

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void crate() throws IOException {
    write("Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n");
    write("src/main.rs", "fn main() {}\n");
  }

  private static List<String> names(Path archive) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void whatCargoPackagesIsPacked() throws IOException {
    crate();
    write("target/debug/a", "an executable");

    Path archive = Packer.pack(folder);

    assertThat(names(archive)).contains("Cargo.toml", "Cargo.lock", "src/main.rs");
    assertThat(names(archive)).noneMatch(name -> name.startsWith("target/"));
    Files.delete(archive);
  }

  @Test
  void aWorkspaceIsPackedWhole() throws IOException {
    write("Cargo.toml", "[workspace]\nmembers = [\"a\"]\nresolver = \"2\"\n");
    write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n");
    write("a/Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("a/src/main.rs", "fn main() {}\n");

    Path archive = Packer.pack(folder);

    assertThat(names(archive)).contains("Cargo.toml", "a/Cargo.toml", "a/src/main.rs");
    Files.delete(archive);
  }

  @Test
  void vendoredCratesArePackedToo() throws IOException {
    crate();
    write("vendor/b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"0.1.0\"\n");
    write("vendor/b/src/lib.rs", "");

    Path archive = Packer.pack(folder);

    assertThat(names(archive)).contains("src/main.rs", "vendor/b/Cargo.toml", "vendor/b/src/lib.rs");
    Files.delete(archive);
  }

  @Test
  void aFolderWithoutAManifestIsRefused() {
    assertThatThrownBy(() -> Packer.pack(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no Cargo.toml");
  }

  @Test
  void aCrateWithoutALockFileIsRefusedWithTheRemedy() throws IOException {
    crate();
    Files.delete(folder.resolve("Cargo.lock"));

    assertThatThrownBy(() -> Packer.pack(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cargo generate-lockfile");
  }
}
