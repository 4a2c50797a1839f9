package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceArchiveTest {

  @TempDir Path work;

  private SourceArchive.Checked.Good check(byte[] archive, String name) throws IOException {
    Path folder = Files.createDirectory(work.resolve(name));
    Path packed = Files.write(folder.resolve("upload"), archive);
    return Sample.good(SourceArchive.check(packed, name, folder, Limits.DEFAULT));
  }

  private static List<TarArchiveEntry> entries(Path canonical) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(canonical));
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        entries.add(e);
      }
    }
    return entries;
  }

  @Test
  void theSameContentIsTheSameArchiveHoweverItWasPacked() throws IOException {
    Sample crate = Sample.crate().with("data/\u00e9t\u00e9 " + "n".repeat(120) + ".txt", "x");

    List<String> hashes =
        List.of(
            check(crate.crateFile(), "hello-1.2.3.crate").sha256(),
            check(crate.tarGz(), "a.tar.gz").sha256(),
            check(crate.tar("some-folder/").gz(), "b.tgz").sha256(),
            check(crate.tar("./").entry(new TarBytes.Header("empty/", '5', 0)).tar(), "c.tar")
                .sha256(),
            check(crate.zip("").bytes(), "d.zip").sha256(),
            check(crate.zip("hello-main/").descriptors().bytes(), "e").sha256());

    assertThat(hashes).containsOnly(hashes.getFirst());
    assertThat(check(Sample.crate().tarGz(), "f").sha256()).isNotEqualTo(hashes.getFirst());
  }

  @Test
  void theCanonicalCopyIsSortedOwnedByNobodyAndKeepsTheExecutableBit() throws IOException {
    byte[] archive =
        Sample.crate()
            .tar("")
            .entry(new TarBytes.Header("run.sh", '0', 1).mode(0700), new byte[1])
            .gz();

    List<TarArchiveEntry> entries = entries(check(archive, "a").canonical());

    assertThat(entries)
        .extracting(e -> "%s %o".formatted(e.getName(), e.getMode()))
        .containsExactly(
            "Cargo.lock 100644", "Cargo.toml 100644", "run.sh 100755", "src/main.rs 100644");
    assertThat(entries)
        .allMatch(e -> e.getLongUserId() == 0 && e.getLongGroupId() == 0)
        .allMatch(e -> e.getLastModifiedTime().toInstant().equals(Canonical.TIME));
  }

  @Test
  void theSha256IsThatOfTheFile() throws Exception {
    SourceArchive.Checked.Good good = check(Sample.crate().tarGz(), "a");

    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(Files.readAllBytes(good.canonical()));

    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(good.sha256());
  }

  @Test
  void junkIsLeftOutAndNothingElse() throws IOException {
    byte[] archive =
        Sample.crate()
            .with("target/debug/hello", "x".repeat(2_000_000))
            .with(".git/HEAD", "ref")
            .with(".idea/x.xml", "")
            .with("src/main.rs~", "")
            .with(".github/workflows/ci.yml", "")
            .with("src/target/mod.rs", "")
            .with("vendor/x/.cargo-checksum.json", "{}")
            .with("vendor/x/.vscode/a~", "")
            .tar("")
            .entry(new TarBytes.Header("target/debug/deps", '1', 0).with(157, "x"))
            .gz();

    SourceArchive.Checked.Good good = check(archive, "a");

    assertThat(entries(good.canonical()))
        .extracting(TarArchiveEntry::getName)
        .containsExactly(
            ".github/workflows/ci.yml",
            "Cargo.lock",
            "Cargo.toml",
            "src/main.rs",
            "src/target/mod.rs",
            "vendor/x/.cargo-checksum.json",
            "vendor/x/.vscode/a~");
    assertThat(good.warnings())
        .extracting(Finding::toString)
        .containsExactly(
            "target: 2,000,000 bytes were uploaded and left out: leave it out of the archive to"
                + " upload faster");
  }

  @Test
  void aFindersZipWithItsShadowFolderIsRead() throws IOException {
    byte[] archive = Sample.crate().zip("hello/").file("__MACOSX/hello/._Cargo.toml", "").bytes();

    assertThat(check(archive, "a.zip").crates()).hasSize(1);
  }

  @Test
  void nothingIsWrittenButTheWorkingFiles() throws IOException {
    SourceArchive.Checked.Good good = check(Sample.crate().tarGz(), "a");

    try (Stream<Path> files = Files.list(good.canonical().getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("upload", "spool", "canonical.tar.gz");
    }
  }

  @Test
  void aCrateMustHoldTheFolderCargoGivesIt() {
    byte[] archive = Sample.crate().tar("hello/").gz();

    assertThat(Sample.rules(Sample.check(archive, "hello-1.2.3.crate", Limits.DEFAULT)))
        .containsExactly("wrong-root");
    assertThat(Sample.rules(Sample.check(archive, "hello.tar.gz", Limits.DEFAULT))).isEmpty();
  }

  @Test
  void fault38_aCrateBesideOtherFoldersIsNotGuessedAt() {
    byte[] archive = Sample.crate().tar("hello/").file("other/readme", "").gz();

    assertThat(Sample.rules(Sample.check(archive))).containsExactly("wrong-root");
  }

  @Test
  void theExamplesAreAcceptedWithoutAWarning() throws IOException {
    Path examples = Path.of(System.getProperty("slipway.root"), "docs", "examples");
    try (Stream<Path> crates = Files.list(examples)) {
      for (Path crate : crates.filter(c -> Files.exists(c.resolve("Cargo.toml"))).toList()) {
        assertThat(check(tar(crate), crate.getFileName() + ".tar").warnings()).isEmpty();
      }
    }
  }

  private static byte[] tar(Path folder) throws IOException {
    TarBytes tar = new TarBytes();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith("target/")) {
          tar.file(name, Files.readAllBytes(file));
        }
      }
    }
    return tar.tar();
  }
}
