package dev.slipway.cli.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The example crate {@code hello} under a name of its own, so that tests can share a cloud. */
public record TestCrate(String name, Map<String, String> files) {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("slipway.root", "../.."), "docs", "examples", "hello");

  /** Version 1.0.0 of the example. */
  public static TestCrate named(String name) {
    Map<String, String> files = new TreeMap<>();
    for (String file : new String[] {"Cargo.toml", "Cargo.lock", "src/main.rs"}) {
      files.put(file, read(file).replace("name = \"hello\"", "name = \"" + name + "\""));
    }
    return new TestCrate(name, files);
  }

  private static String read(String file) {
    try {
      return Files.readString(EXAMPLE.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestCrate version(String version) {
    return edited("Cargo.toml", "version = \"1.0.0\"", "version = \"" + version + "\"")
        .edited("Cargo.lock", "version = \"1.0.0\"", "version = \"" + version + "\"");
  }

  /** Its health check answers 500. */
  public TestCrate unhealthy() {
    return edited(
        "Cargo.toml", "health = \"/health\"", "health = \"/health\"\nfeatures = [\"unhealthy\"]");
  }

  /** It does not end on SIGTERM. */
  public TestCrate deaf() {
    return edited(
        "src/main.rs", "unsafe { signal(SIGTERM, ring) };", "let _ = (SIGTERM, ring, signal);");
  }

  /** Its build takes at least so long. */
  public TestCrate slowToBuild(int seconds) {
    return with(
        "build.rs",
        "fn main() { std::thread::sleep(std::time::Duration::from_secs(%d)); }\n"
            .formatted(seconds));
  }

  public TestCrate edited(String file, String from, String to) {
    String before = files.get(file);
    if (before == null || !before.contains(from)) {
      throw new IllegalArgumentException("%s has no '%s'".formatted(file, from));
    }
    return with(file, before.replace(from, to));
  }

  public TestCrate with(String file, String content) {
    Map<String, String> more = new TreeMap<>(files);
    more.put(file, content);
    return new TestCrate(name, more);
  }

  /** Writes it into a folder as a gzipped tar. */
  public Path packed(Path folder) {
    try {
      Path archive = Files.createTempFile(folder, name, ".tar.gz");
      try (TarArchiveOutputStream tar =
          new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
        for (var file : files.entrySet()) {
          byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
          TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
          entry.setSize(content.length);
          tar.putArchiveEntry(entry);
          tar.write(content);
          tar.closeArchiveEntry();
        }
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
