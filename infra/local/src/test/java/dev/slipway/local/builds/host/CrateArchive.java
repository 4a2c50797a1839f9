package dev.slipway.local.builds.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tiny crate without dependencies, packed as {@code cargo package} does: dated 2006. */
record CrateArchive(Map<String, String> files) {

  private static final Instant DATED = Instant.parse("2006-07-24T01:21:28Z");

  /** The crate {@code hello} whose program prints {@code greeting}. */
  static CrateArchive printing(String greeting) {
    Map<String, String> files = new TreeMap<>();
    files.put(
        "Cargo.toml",
        """
        [package]
        name = "hello"
        version = "0.0.1"
        edition = "2021"
        repository = "https://example.com/hello"
        """);
    files.put(
        "Cargo.lock",
        """
        version = 3

        [[package]]
        name = "hello"
        version = "0.0.1"
        """);
    files.put(".cargo_vcs_info.json", "{\"git\":{\"sha1\":\"" + "ab".repeat(20) + "\"}}");
    files.put("src/main.rs", "fn main() {\n    println!(\"" + greeting + "\");\n}\n");
    return new CrateArchive(files);
  }

  /** With a dependency of the public registry's, whose source is vendored: no network needed. */
  CrateArchive withDependency() {
    String checksum = "cd".repeat(32);
    return with(
            ".cargo/config.toml",
            """
            [source.crates-io]
            replace-with = "vendored"

            [source.vendored]
            directory = "vendor"
            """)
        .with("vendor/dep/Cargo.toml", "[package]\nname = \"dep\"\nversion = \"1.0.0\"\n")
        .with("vendor/dep/src/lib.rs", "pub fn dep() {}\n")
        .with(
            "vendor/dep/.cargo-checksum.json",
            "{\"files\":{},\"package\":\"" + checksum + "\"}")
        .with("Cargo.toml", files.get("Cargo.toml") + "\n[dependencies]\ndep = \"1\"\n")
        .with(
            "Cargo.lock",
            """
            version = 3

            [[package]]
            name = "dep"
            version = "1.0.0"
            source = "registry+https://github.com/rust-lang/crates.io-index"
            checksum = "%s"

            [[package]]
            name = "hello"
            version = "0.0.1"
            dependencies = [
             "dep",
            ]
            """
                .formatted(checksum));
  }

  /** With a dependency that lies in a git repository. */
  CrateArchive withGitDependency(Path repository, String commit) {
    String manifest = files.get("Cargo.toml");
    return with(
            "Cargo.toml",
            "%s\n[dependencies]\ndep = {git = \"%s\"}\n".formatted(manifest, repository.toUri()))
        .with(
            "Cargo.lock",
            """
            version = 4

            [[package]]
            name = "dep"
            version = "1.0.0"
            source = "git+%s#%s"

            [[package]]
            name = "hello"
            version = "0.0.1"
            dependencies = [
             "dep",
            ]
            """
                .formatted(repository.toUri(), commit));
  }

  CrateArchive with(String file, String content) {
    Map<String, String> more = new TreeMap<>(files);
    more.put(file, content);
    return new CrateArchive(more);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (var file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        entry.setModTime(DATED.toEpochMilli());
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
