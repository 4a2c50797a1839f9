package dev.slipway.local.builds.host;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.slipway.local.builds.image.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What cargo said of the archive that was last built in a slot. One with the same manifests, the
 * same Cargo.lock and the same settings of cargo's holds the same packages: after an edit cargo need
 * not be asked, which takes it a tenth of a second.
 *
 * @param file where it is kept; need not exist
 */
record KnownCrate(Path file) {

  private static final Gson JSON = new Gson();
  private static final Set<String> MANIFESTS = Set.of("Cargo.toml", "Cargo.lock");

  private record Note(String key, Crate crate) {}

  /** What the archive in {@code source} holds, where that is known. */
  Optional<Crate> recall(Order order, Path source) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Note note = JSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), Note.class);
      boolean same = note != null && note.key().equals(key(order, source));
      return same ? Optional.of(note.crate()) : Optional.empty();
    } catch (JsonParseException halfWritten) {
      return Optional.empty();
    }
  }

  /** Remembers it for the next build. */
  void keep(Order order, Path source, Crate crate) throws IOException {
    Files.writeString(file, JSON.toJson(new Note(key(order, source), crate)));
  }

  private static String key(Order order, Path source) throws IOException {
    StringBuilder all = new StringBuilder(order.packageName());
    for (Path each : manifests(source)) {
      all.append('\0')
          .append(source.relativize(each))
          .append('\0')
          .append(Hashing.digest(each));
    }
    return Hashing.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> manifests(Path source) throws IOException {
    try (Stream<Path> all =
        Files.find(source, Integer.MAX_VALUE, (path, what) -> what.isRegularFile())) {
      return all.filter(path -> isManifest(source.relativize(path))).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isManifest(Path path) {
    return MANIFESTS.contains(path.getFileName().toString())
        || Stream.iterate(path, at -> at != null, Path::getParent)
            .anyMatch(at -> at.endsWith(".cargo"));
  }
}
