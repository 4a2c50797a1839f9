package dev.slipway.cli.env;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The committed inventories, {@code infra/gcp/golden/TEAM-ENVIRONMENT.txt}, and what they were
 * planned from: {@code SOURCES} has the sha256 of each file, so that even a machine that cannot
 * plan sees that they are of these very sources.
 */
public final class Goldens {

  private static final String SOURCES = "SOURCES";

  private final Path root;
  private final Path folder;

  /** Those of the checkout in {@code root}. */
  public Goldens(Path root) {
    this.root = root;
    folder = root.resolve("infra/gcp/golden");
  }

  /** The inventory kept of an environment. */
  public Optional<String> of(String environment) {
    Path file = folder.resolve(environment + ".txt");
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Replaces all that is kept. */
  public void keep(Map<String, List<Plan.Resource>> environments) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> old = Files.list(folder)) {
        for (Path file : old.toList()) {
          Files.delete(file);
        }
      }
      for (Map.Entry<String, List<Plan.Resource>> environment : environments.entrySet()) {
        Files.writeString(
            folder.resolve(environment.getKey() + ".txt"), Inventory.of(environment.getValue()));
      }
      Files.writeString(folder.resolve(SOURCES), fingerprints());
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to write the inventories to " + folder, e);
    }
  }

  /** Whether they were planned from the sources as they are now. */
  public boolean areOfTheseSources() {
    Path file = folder.resolve(SOURCES);
    return Files.exists(file) && read(file).equals(fingerprints());
  }

  private String fingerprints() {
    Map<String, String> prints = new TreeMap<>();
    for (String folder : List.of("infra/gcp", "infra/gcp/modules/environment", "infra/gcp/teams")) {
      try (Stream<Path> files = Files.list(root.resolve(folder))) {
        files
            .filter(file -> file.toString().matches(".*\\.(tf|yaml)"))
            .filter(file -> !file.endsWith("backend_override.tf"))
            .forEach(file -> prints.put(name(file), sha256(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("Tried to list " + folder, e);
      }
    }
    Path indexes = root.resolve("functions/src/main/resources/firestore.indexes.json");
    prints.put(name(indexes), sha256(indexes));
    StringBuilder text = new StringBuilder();
    prints.forEach((name, print) -> text.append(print).append("  ").append(name).append('\n'));
    return text.toString();
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static String sha256(Path file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + file, e);
    }
  }
}
