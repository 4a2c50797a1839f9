package dev.slipway.local.builds.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds this machine's shared libraries by name, where its own loader looks for them. */
final class SystemLibraries {

  private final List<Path> folders = folders();

  private static List<Path> folders() {
    String triple = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    return Stream.of(
            "/lib/" + triple + "-linux-gnu",
            "/usr/lib/" + triple + "-linux-gnu",
            "/lib64",
            "/usr/lib64",
            "/lib",
            "/usr/lib")
        .map(Path::of)
        .filter(Files::isDirectory)
        .toList();
  }

  /**
   * The libraries of these names and all they need in turn, by their path; the file is the one the
   * path leads to.
   *
   * @throws IOException when one is not on this machine
   */
  Map<String, Path> resolve(Set<String> names) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.remove();
      Path path =
          find(name)
              .orElseThrow(
                  () -> new IOException("the library " + name + " is not on this machine"));
      if (found.put(path.toString(), path.toRealPath()) == null) {
        open.addAll(Elf.read(path.toRealPath()).needed());
      }
    }
    return found;
  }

  private Optional<Path> find(String name) {
    return folders.stream().map(f -> f.resolve(name)).filter(Files::isRegularFile).findFirst();
  }
}
