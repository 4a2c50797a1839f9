package dev.slipway.cli.demo;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Folders;
import dev.slipway.cli.pack.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example crate {@code hello} in other versions, some broken on purpose. */
final class DemoCrate {

  /** Its version, whatever somebody who tried it out made of it. */
  private static final Pattern VERSION = Pattern.compile("(?m)^version *= *\"[^\"]*\"");

  private static final Pattern LOCKED =
      Pattern.compile("(?m)(?<=^name = \"hello\"\\R)version = \"[^\"]*\"");

  private static final Pattern FEATURES = Pattern.compile("(?m)^\\[features\\]");

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
        edit(copy.resolve("Cargo.toml"), VERSION, "version = \"" + version + "\"");
        edit(copy.resolve("Cargo.lock"), LOCKED, "version = \"" + version + "\"");
        String on = feature.stream().map(f -> "\"" + f + "\"").toList().toString();
        edit(copy.resolve("Cargo.toml"), FEATURES, "[features]\ndefault = " + on);
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

  private void edit(Path file, Pattern from, String to) throws IOException {
    Matcher matcher = from.matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new IOException(
          "%s has no such line as '%s'. The demo edits that: take back what was changed in %s."
              .formatted(file.getFileName(), to.lines().findFirst().orElse(to), original));
    }
    Files.writeString(file, matcher.replaceFirst(Matcher.quoteReplacement(to)));
  }
}
