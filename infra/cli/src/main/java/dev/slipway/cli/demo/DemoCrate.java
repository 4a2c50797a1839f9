package dev.slipway.cli.demo;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Folders;
import dev.slipway.cli.pack.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The example crate {@code hello} in other versions, some broken on purpose. */
final class DemoCrate {

  private static final String VERSION_LINE = "version = \"1.0.0\"";

  private final Path original;

  /**
   * Takes the crate for its model.
   *
   * @param home the project's root folder
   */
  DemoCrate(Path home) {
    original = home.resolve("docs/examples/hello");
    if (!Files.isRegularFile(original.resolve("Cargo.toml"))) {
      throw new Failure(
          "Tried to find the example crate but there is no %s.".formatted(original));
    }
  }

  /**
   * Packs the crate.
   *
   * @param feature what is on by default, empty for nothing
   * @return a temporary archive
   */
  Path pack(String version, List<String> feature) {
    try {
      Path copy = Files.createTempDirectory("slipway-demo-");
      try {
        copy(copy);
        edit(copy.resolve("Cargo.toml"), VERSION_LINE, "version = \"" + version + "\"");
        edit(copy.resolve("Cargo.lock"), VERSION_LINE, "version = \"" + version + "\"");
        String on = feature.stream().map(f -> "\"" + f + "\"").toList().toString();
        edit(copy.resolve("Cargo.toml"), "[features]", "[features]\ndefault = " + on);
        Path archive = Files.createTempFile("slipway-demo-", ".tar.gz");
        Packing.of(copy, false).write(archive);
        return archive;
      } finally {
        Folders.delete(copy);
      }
    } catch (IOException e) {
      throw new Failure("Tried to pack the example crate but failed: " + e.getMessage(), e);
    }
  }

  private void copy(Path to) throws IOException {
    Files.createDirectories(to.resolve("src"));
    for (String file : List.of("Cargo.toml", "Cargo.lock", "src/main.rs")) {
      Files.copy(original.resolve(file), to.resolve(file));
    }
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IOException(file.getFileName() + " has no line '" + from + "'");
    }
    Files.writeString(file, text.replace(from, to));
  }
}
