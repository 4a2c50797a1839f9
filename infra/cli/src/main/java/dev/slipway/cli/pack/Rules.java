package dev.slipway.cli.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/** Patterns as in one .gitignore, about the paths below one folder. */
final class Rules {

  private final IgnoreNode node;

  private Rules(byte[] text) {
    node = new IgnoreNode();
    try {
      node.parse(new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read patterns from memory", e);
    }
  }

  static Rules of(List<String> patterns) {
    return new Rules(String.join("\n", patterns).getBytes(StandardCharsets.UTF_8));
  }

  /** Those of a file; none where there is no such file. */
  static Optional<Rules> in(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(new Rules(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read %s but failed".formatted(file), e);
    }
  }

  /** What the last pattern says that matches; nothing where none does. */
  Optional<Boolean> about(String path, boolean folder) {
    return Optional.ofNullable(node.checkIgnored(path, folder));
  }

  /** The same of a path or, where nothing is said of it, of the nearest folder it lies in. */
  boolean match(String path) {
    Optional<Boolean> said = about(path, false);
    for (int end = path.lastIndexOf('/'); said.isEmpty() && end > 0; ) {
      said = about(path.substring(0, end), true);
      end = path.lastIndexOf('/', end - 1);
    }
    return said.orElse(false);
  }
}
