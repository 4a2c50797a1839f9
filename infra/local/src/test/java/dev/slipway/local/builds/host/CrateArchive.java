package dev.slipway.local.builds.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
